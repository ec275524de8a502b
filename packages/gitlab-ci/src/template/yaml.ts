import { Document, isMap, isScalar, type Pair, type YAMLMap } from 'yaml'

/** One key with its value; a comment stands above it. */
export interface Entry {
  readonly key: string
  readonly value: unknown
  readonly comment?: string
}

/** A group of entries, with or without a title. */
export interface Section {
  readonly title?: string
  readonly entries: readonly Entry[]
}

/** No folding, so that a line of script stays one line. */
const STYLE = { lineWidth: 0, singleQuote: true } as const

/** The text of a YAML document that is one mapping, without a document marker. */
export function renderMap(entries: readonly Entry[]): string {
  const document = new Document({})
  document.contents = mapOf(document, entries)
  return document.toString(STYLE)
}

/** A mapping in titled groups; it is used as the value of an entry. */
export class TitledMap {
  readonly sections: readonly Section[]

  constructor(sections: readonly Section[]) {
    this.sections = sections.filter((section) => section.entries.length > 0)
  }
}

/** A mapping that is written on one line; it is used as the value of an entry. */
export class InlineMap {
  readonly value: object

  constructor(value: object) {
    this.value = value
  }
}

function mapOf(document: Document, entries: readonly Entry[]): YAMLMap {
  const map = document.createNode({}) as YAMLMap
  for (const { key, value, comment } of entries) {
    const pair = document.createPair(document.createNode(key), nodeOf(document, value)) as Pair
    if (comment !== undefined && isScalar(pair.key)) pair.key.commentBefore = ` ${comment}`
    map.items.push(pair)
  }
  return map
}

function nodeOf(document: Document, value: unknown): unknown {
  if (value instanceof TitledMap) return titledMapOf(document, value)
  if (value instanceof InlineMap) {
    const node = document.createNode(value.value)
    if (isMap(node)) node.flow = true
    return node
  }
  if (Array.isArray(value) && value.length === 0) return document.createNode(value, { flow: true })
  if (isPlainObject(value)) {
    return mapOf(
      document,
      Object.entries(value).map(([key, inner]) => ({ key, value: inner })),
    )
  }
  return document.createNode(value)
}

function titledMapOf(document: Document, { sections }: TitledMap): YAMLMap {
  const map = document.createNode({}) as YAMLMap
  for (const [index, section] of sections.entries()) {
    const part = mapOf(document, section.entries)
    const first = part.items[0]?.key
    if (isScalar(first) && section.title !== undefined) {
      const own = first.commentBefore ? `\n${first.commentBefore}` : ''
      first.commentBefore = ` ${section.title}${own}`
      first.spaceBefore = index > 0
    }
    map.items.push(...part.items)
  }
  return map
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
