import { describe, expect, test } from 'vitest'
import { mountOf } from './machine.ts'

const MOUNTS = `overlay / overlay rw,relatime 0 0
tmpfs /tmp tmpfs rw,nosuid,noexec 0 0
/dev/sdb1 /tmp/tools ext4 rw 0 0
/dev/sdc1 /mnt/my\\040disk ext4 rw,noexec 0 0
/dev/sdd1 /data ext4 rw 0 0
/dev/sde1 /data ext4 ro,noexec 0 0
`

describe('mountOf', () => {
  test.each([
    { name: 'the root', path: '/opt/oz', point: '/', noexec: false },
    { name: 'a mount', path: '/tmp/x/oz', point: '/tmp', noexec: true },
    { name: 'the mount point itself', path: '/tmp', point: '/tmp', noexec: true },
    { name: 'a mount within a mount', path: '/tmp/tools/oz', point: '/tmp/tools', noexec: false },
    { name: 'a name that only begins alike', path: '/tmpfiles/oz', point: '/', noexec: false },
    { name: 'a space in its name', path: '/mnt/my disk/oz', point: '/mnt/my disk', noexec: true },
    { name: 'one mounted over another', path: '/data/oz', point: '/data', noexec: true },
  ])('$name', ({ path, point, noexec }) => {
    const mount = mountOf(path, MOUNTS)
    expect(mount?.point).toBe(point)
    expect(mount?.options.includes('noexec')).toBe(noexec)
  })

  test('knows nothing where nothing is listed', () => {
    expect(mountOf('/opt/oz', '')).toBeUndefined()
  })
})
