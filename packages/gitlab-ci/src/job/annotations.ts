import type { RunIdentity } from '@oz-agent/core'

/**
 * The links that GitLab shows beside the job; undefined when there are none.
 * https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsannotations
 */
export function renderAnnotations(
  { runUrl, sessionUrl }: RunIdentity,
  pullRequestUrl?: string,
): string | undefined {
  const known: [label: string, url: string | undefined][] = [
    ['Oz run', runUrl],
    ['Shared session', sessionUrl],
    ['Pull request', pullRequestUrl],
  ]
  const links = known.flatMap(([label, url]) => (isLink(url) ? [{ external_link: { label, url } }] : []))
  return links.length === 0 ? undefined : `${JSON.stringify({ Oz: links }, null, 2)}\n`
}

function isLink(url: string | undefined): url is string {
  return url !== undefined && url.length <= 2000 && /^https?:/i.test(url) && URL.canParse(url)
}
