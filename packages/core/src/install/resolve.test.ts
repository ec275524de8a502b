import { describe, expect, test } from 'vitest'
import { createCliBench } from '../../test/support/cli-bench.ts'
import { candidatesOnPath } from './resolve.ts'

describe('candidatesOnPath', () => {
  test.each([
    {
      name: 'every folder, in order, each once',
      platform: 'linux',
      env: { PATH: '/usr/local/bin:/usr/bin:/usr/local/bin' },
      found: ['/usr/local/bin/oz', '/usr/bin/oz'],
    },
    {
      name: 'nothing that means the checkout',
      platform: 'linux',
      env: { PATH: ':.:bin:/usr/bin::../x:' },
      found: ['/usr/bin/oz'],
    },
    { name: 'no PATH', platform: 'linux', env: {}, found: [] },
    {
      name: 'Windows, whatever the case of its name',
      platform: 'win32',
      env: { Path: 'C:\\Windows;D:\\Warp;.' },
      found: ['C:\\Windows\\oz.exe', 'D:\\Warp\\oz.exe'],
    },
  ] as const)('$name', async ({ platform, env, found }) => {
    await using bench = await createCliBench()
    const { ports } = bench.context
    const context = { env, ports: { ...ports, machine: { ...ports.machine, platform } } }
    expect(candidatesOnPath('oz', context)).toEqual(found)
  })
})
