/** A shorter secret is not sought: hiding every `abc` of a log would hide the log and guard nothing. */
export const MIN_SECRET_LENGTH = 4
/** Lines of a secret with several lines are secrets too, from this length on. */
export const MIN_SECRET_LINE_LENGTH = 8

/**
 * The ways in which a secret may stand in a log or a file: plain, base64 and base64url wherever it begins
 * within the encoded text, hex, URL-encoded, and escaped for JSON, HTML and the shell; for a secret with several
 * lines the same for each line of `MIN_SECRET_LINE_LENGTH` characters and more.
 * Empty for a secret of fewer than `MIN_SECRET_LENGTH` characters. Each form once, none shorter than that minimum.
 */
export function secretForms(secret: string): string[] {
  const whole = secret.toWellFormed()
  if (whole.trim().length < MIN_SECRET_LENGTH) return []
  const lines = whole
    .split(/\r\n|[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line.length >= MIN_SECRET_LINE_LENGTH)
  // Also without surrounding blanks: keys that were read from a file often end with a newline.
  const parts = new Set([whole, whole.trim(), ...lines])
  const forms = new Set<string>()
  for (const part of parts) {
    for (const form of formsOf(part)) if (form.length >= MIN_SECRET_LENGTH) forms.add(form)
  }
  return [...forms]
}

function formsOf(text: string): string[] {
  const bytes = Buffer.from(text)
  const hex = bytes.toString('hex')
  return [
    text,
    hex,
    hex.toUpperCase(),
    ...base64Forms(bytes),
    ...urlForms(text),
    ...jsonForms(text),
    ...htmlForms(text),
    ...shellForms(text),
  ]
}

function base64Forms(bytes: Buffer): string[] {
  const standard = [0, 1, 2].map((offset) => stableBase64(bytes, offset))
  // The whole, alone or with the newline of `echo`: its last characters are not stable otherwise.
  standard.push(bytes.toString('base64'), Buffer.concat([bytes, Buffer.from('\n')]).toString('base64'))
  const unpadded = standard.map((form) => form.replace(/=+$/, ''))
  const all = [...standard, ...unpadded]
  return [...all, ...all.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))]
}

/** The characters that do not depend on what stands before and after, when `offset` bytes (modulo 3) precede. */
function stableBase64(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  return encoded.slice(Math.ceil((8 * offset) / 6), Math.floor((8 * (offset + bytes.length)) / 6))
}

function urlForms(text: string): string[] {
  const component = encodeURIComponent(text)
  const strict = component.replace(/[!'()*]/g, percent)
  const form = new URLSearchParams([['', text]]).toString().slice(1)
  const upper = [
    component,
    strict,
    strict.replaceAll('~', '%7E'),
    strict.replaceAll('%2F', '/'),
    encodeURI(text),
    form,
    encodeURIComponent(component),
  ]
  return [...upper, ...upper.map((encoded) => encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()))]
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

function jsonForms(text: string): string[] {
  const plain = jsonEscape(text)
  const slashes = plain.replaceAll('/', '\\/')
  const ascii = plain.replace(/[^ -~]/g, unicodeEscape)
  const html = plain.replace(/[<>&']/g, unicodeEscape)
  const asciiHtml = ascii.replace(/[<>&']/g, unicodeEscape)
  const once = [plain, slashes, ascii, html, asciiHtml, ascii.replaceAll('/', '\\/')]
  const cases = [
    ...once,
    ...once.map((form) => form.replace(/\\u[0-9a-f]{4}/g, (hex) => `\\u${hex.slice(2).toUpperCase()}`)),
  ]
  // JSON within a JSON string, as results of MCP tools often are.
  return [...cases, ...cases.map(jsonEscape)]
}

const jsonEscape = (text: string): string => JSON.stringify(text).slice(1, -1)

const unicodeEscape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

function htmlForms(text: string): string[] {
  const basic = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = basic.replaceAll('"', '&quot;')
  return [
    basic,
    quoted,
    quoted.replaceAll("'", '&#39;'),
    quoted.replaceAll("'", '&#x27;'),
    quoted.replaceAll("'", '&apos;'),
    basic.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
  ]
}

function shellForms(text: string): string[] {
  return [
    text.replaceAll("'", "'\\''"),
    text.replaceAll("'", `'"'"'`),
    text.replace(/["$`\\]/g, '\\$&'),
    text.replace(/[^\w@%+=:,./\n-]/g, '\\$&'),
  ]
}
