import { expect, test } from 'vitest'
import type { RawInputs } from '../contract/parse-inputs.ts'
import type { Environment } from '../ports.ts'
import { fakeDoctorContext } from '../testing/fake-doctor-context.ts'
import { neededHosts } from './network.ts'

const WARP = ['app.warp.dev', 'rtc.app.warp.dev', 'sessions.app.warp.dev']

const ROWS: Record<string, [RawInputs, Environment, string[]]> = {
  'a run on this machine': [{}, {}, [...WARP, 'releases.warp.dev']],
  'a CLI that is given': [{ oz_path: '/opt/oz' }, {}, WARP],
  'a managed run': [{ cloud: true, oz_path: '/opt/oz' }, {}, [...WARP, 'oz.warp.dev']],
  'a mirror': [
    { oz_download_url: 'http://mirror.example.com:8081/warp' },
    {},
    [...WARP, 'mirror.example.com:8081'],
  ],
  'a mirror on the host of a private installation': [
    { oz_download_url: 'https://warp.example.com/cli' },
    { WARP_SERVER_ROOT_URL: 'https://warp.example.com' },
    ['warp.example.com', ...WARP.slice(1), 'warp.example.com'],
  ],
  'servers of a private installation': [
    { oz_path: '/opt/oz' },
    {
      WARP_SERVER_ROOT_URL: 'https://warp.example.com',
      WARP_WS_SERVER_URL: 'wss://warp.example.com/rtc',
      WARP_SESSION_SHARING_SERVER_URL: 'wss://sessions.example.com',
    },
    ['warp.example.com', 'sessions.example.com'],
  ],
  'a variable that holds no address': [{ oz_path: '/opt/oz' }, { WARP_SERVER_ROOT_URL: 'nowhere' }, WARP],
}

test.each(Object.entries(ROWS))('%s', (_, [inputs, env, hosts]) => {
  const { request } = fakeDoctorContext({ inputs })
  expect(neededHosts(request, env).map(({ url }) => url.host)).toEqual(hosts)
})
