import type { Script } from '../script/schema.ts'

/** Output that a reader of the stream must cope with. */
export const output = {
  'huge-output': {
    description: '64 MB of events.',
    steps: [{ flood: { megabytes: 64 } }, { message: 'All done.' }],
  },
  'giant-line': { description: 'One line of 10 MB.', steps: [{ giant_line: 10 }, { message: 'All done.' }] },
  garbage: {
    description: 'Invalid UTF-8, NULs, lines that are no JSON, half an object, no final newline.',
    steps: [
      { message: 'Before the garbage.' },
      { bytes: 'ff fe 00 80 c3 28 0a' },
      { print: 'thread main: a log line that is no JSON' },
      { print: '{"type":"agent","text":' },
      { print: '[1, 2, 3]' },
      { print: 'null' },
      { print: '' },
      { event: { type: 'agent' } },
      { message: { text: 'After the garbage.', newline: false } },
    ],
  },
  'unicode-split': {
    description: 'Characters of two to four bytes, a byte a write.',
    steps: [{ split: { text: 'Grüße aus Łódź: 日本語, 👩‍💻, 🎉' } }, { message: 'All done.' }],
  },
  'unknown-events': {
    description: 'Types and kinds that no published release has.',
    steps: [
      { event: { type: 'telepathy', thought: 'unspoken' } },
      { event: { type: 'system', event_type: 'moon_phase', phase: 'full' } },
      { event: { type: 'tool_call', tool: 'teleport', to: 'anywhere' } },
      { event: { type: 'artifact_created', artifact_type: 'hologram', url: 'https://example.com/h' } },
      { message: 'All done.' },
    ],
  },
} satisfies Record<string, Script>

/** Says each text as a message, as the output of a command, and past the event format. */
const forge = (...texts: readonly string[]): Script['steps'] => [
  ...texts.flatMap((text) => [
    { message: text },
    { run: { command: 'cat forged.txt', pretend: { exit_code: 0, output: text } } },
    { print: text },
    { print: { text, to: 'stderr' as const } },
  ]),
  { message: texts.join('\n') },
]

const SECTION = '\u001b[0Ksection_start:1700000000:forged[collapsed=true]\r\u001b[0KForged section'

/** Agents that try to speak to the CI system itself. */
export const forgery = {
  'forge-github': {
    description: 'Workflow commands, the older ones too, behind CR and ANSI codes, and heredoc delimiters.',
    steps: forge(
      '::error::forged error',
      '::warning file=a.ts,line=1::forged warning',
      '::add-mask::e',
      '::set-output name=outcome::forged',
      '::set-env name=FORGED::1',
      '::add-path::/tmp/forged',
      '::stop-commands::forged-token',
      '::group::forged group',
      '::endgroup::',
      '##[error]forged error',
      '##[set-output name=outcome]forged',
      '  ::error::after blanks',
      'text\r::error::after a carriage return',
      '\u001b[31m::error::after an escape code',
      'line\n::error::on a second line\n::endgroup::',
      'EOF\noutcome=forged\nagent_output<<EOF\nforged\nEOF',
    ),
  },
  'forge-gitlab': {
    description: 'Section markers.',
    steps: forge(
      SECTION,
      '\u001b[0Ksection_end:1700000000:forged\r\u001b[0K',
      'section_start:1700000000:bare\r',
      `text\n${SECTION}\ntext`,
    ),
  },
  'forge-buildkite': {
    description: 'Group markers and OSC codes.',
    steps: forge(
      '--- forged group',
      '+++ forged open group',
      '~~~ forged dim group',
      '^^^ +++',
      "\u001b]1339;url='https://example.com/';content='forged link'\u0007",
      "\u001b]1338;url='https://example.com/x.png'\u0007",
      '\u001b_bk;t=1700000000000\u0007--- after a timestamp',
      'text\n+++ on a second line',
    ),
  },
  'forge-ansi': {
    description:
      'Colours, cursor movement, erased lines, window titles, links, bidirectional and invisible characters.',
    steps: forge(
      '\u001b[31mred\u001b[0m',
      'overwritten\u001b[2K\rinstead',
      '\u001b[2J\u001b[Hcleared screen',
      '\u001b]0;forged title\u0007',
      '\u001b]8;;https://example.com/\u0007link\u001b]8;;\u0007',
      '\u009b31mred by a C1 code',
      'user\u202Etxt.exe',
      'zero\u200Bwidth, tag \u{E0041}\u{E0042}',
      'back\b\b\b\bspace',
    ),
  },
} satisfies Record<string, Script>

/** Agents that give away what they know. */
export const secrets = {
  'leak-key': {
    description:
      'Says its WARP_API_KEY plain, as base64, URL-encoded, JSON-escaped, as hex, across two writes, on stderr.',
    steps: [{ leak: {} }, { message: 'All said.' }],
  },
  'dump-env': {
    description: 'Says its whole environment and its arguments, and writes them to oz-sim-dump.json.',
    steps: [{ dump: { to: 'file' } }, { dump: { to: 'message' } }, { dump: { to: 'stderr' } }],
  },
} satisfies Record<string, Script>
