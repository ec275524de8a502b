import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Everything that the set-up installs; ignored by git, safe to delete. */
export const toolsFolder = join(root, '.tools')
