import { join } from 'node:path'

/** The checkout. */
export const root = join(import.meta.dirname, '../../..')

/** Where the set-up keeps what it installs; ignored by git. */
export const toolsFolder = join(root, '.tools')

/** Where builds and reports stand on the way; ignored by git. */
export const scratchFolder = join(root, '.build')
