import { FEATURES, type Feature } from './features.ts'

/** What templates use, by version, for the documentation. */
export function featuresTable(): string {
  const rows = Object.values(FEATURES).map(
    ({ since, page, without }: Feature) => `| [${since}](${page}) | ${without} |`,
  )
  return ['| Before | Without it |', '| --- | --- |', ...rows].join('\n')
}
