import { ASK, asking, type Fault, FILE, serving } from './fault.ts'

/** What can be wrong before the archive comes. */
export const SERVICE_FAULTS: readonly Fault[] = [
  {
    name: 'redirect loop',
    script: (base) => ({
      [ASK]: [{ status: 302, headers: { location: `${base}/a` } }],
      '/a': [{ status: 302, headers: { location: `${base}/b` } }],
      '/b': [{ status: 302, headers: { location: `${base}/a` } }],
    }),
    code: 'unavailable',
    message: 'SERVER/download/cli redirects in a loop: SERVER/a comes round again.',
    remedy: /Check oz_download_url/,
    requests: 3,
  },
  {
    name: 'redirects without end',
    script: () =>
      Object.fromEntries([
        [ASK, [{ status: 302, headers: { location: '/0' } }]],
        ...Array.from({ length: 20 }, (_, i) => [
          `/${i}`,
          [{ status: 302, headers: { location: `/${i + 1}` } }],
        ]),
      ]),
    code: 'unavailable',
    message: 'SERVER/download/cli redirects more than 10 times.',
    remedy: /Check oz_download_url/,
    requests: 11,
  },
  {
    name: 'redirect without Location',
    script: () => ({ [ASK]: [{ status: 302 }] }),
    code: 'unavailable',
    message: 'SERVER/download/cli answered 302 without saying where to (no Location).',
    remedy: /Check oz_download_url/,
    requests: 1,
  },
  {
    name: 'redirect to something that is no web address',
    script: () => ({ [ASK]: [{ status: 302, headers: { location: 'file:///etc/passwd' } }] }),
    code: 'unavailable',
    message: 'SERVER/download/cli redirects to "file:///etc/passwd", which is no web address.',
    remedy: /Check oz_download_url/,
    requests: 1,
  },
  {
    name: 'unknown version',
    script: () => ({}),
    request: { version: 'v0.2026.01.01.00.00.stable_09' },
    code: 'unavailable',
    message:
      'There is no version v0.2026.01.01.00.00.stable_09 of the CLI on the channel stable for linux x86_64: SERVER/download/cli and SERVER/stable/v0.2026.01.01.00.00.stable_09/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz answered 404.',
    remedy:
      /^Check oz_version: a release tag looks like .*; or leave oz_version out to take the latest; check oz_download_url/,
    requests: 2,
  },
  {
    name: 'no latest release',
    script: () => ({}),
    code: 'unavailable',
    message:
      'There is no latest release of the CLI on the channel stable for linux x86_64: SERVER/download/cli answered 404.',
    remedy:
      /^Check oz_download_url, and that the mirror holds this release; a mirror that only serves files cannot tell which release is the latest: pin oz_version to one that it holds\.$/,
    requests: 1,
  },
  {
    name: 'not allowed in',
    script: asking({ status: 403, body: 'no' }, { status: 403 }),
    code: 'unavailable',
    message: 'SERVER/download/cli answered 403.',
    remedy: /credentials of a mirror go into oz_download_url/,
    requests: 1,
  },
  {
    name: 'the latest of a store of files that answers 403 for what it does not hold',
    script: () => ({ [ASK]: [{ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }] }),
    code: 'unavailable',
    message: 'SERVER/download/cli answered 403.',
    remedy: /^Check that this machine may download there;.*pin oz_version to one that it holds\.$/,
    requests: 1,
  },
  {
    name: '429 for ever, with Retry-After',
    script: () => ({ [ASK]: [{ status: 429, headers: { 'retry-after': 7 } }] }),
    code: 'temporary',
    message: 'SERVER/download/cli answered 429 (too many requests).',
    remedy: /Run the job again later/,
    requests: 4,
  },
  {
    name: '429 that asks for an hour',
    script: () => ({ [ASK]: [{ status: 429, headers: { 'retry-after': 3600 } }] }),
    code: 'temporary',
    message: 'SERVER/download/cli answered 429 (too many requests) and asks to wait 1h.',
    remedy: /Run the job again later/,
    requests: 1,
  },
  {
    name: '503 for ever',
    script: serving({ status: 503, body: 'busy' }),
    code: 'temporary',
    message: `SERVER${FILE} answered 503 (a failure of the server).`,
    remedy: /Run the job again later/,
    requests: 5,
  },
  {
    name: 'reset before any answer, for ever',
    script: () => ({ [ASK]: [{ after: 'reset' }] }),
    code: 'temporary',
    message: 'The connection to HOST broke off (ECONNRESET).',
    remedy: /Run the job again/,
    requests: 4,
  },
]
