import { join } from 'node:path'
import { RunnerError } from '../../errors.ts'
import { shownUrl } from '../../http/shown-url.ts'
import type { CliResolver } from '../cli-context.ts'
import { fetchArchive } from '../download/fetch-archive.ts'
import { installArchive } from '../store/install-archive.ts'
import { installOnce } from '../store/install-once.ts'
import { keepArchive } from '../store/kept-archive.ts'

/** The tar package of the download service or of a mirror. The last resort: what is wrong here is the step's failure. */
export const download: CliResolver = {
  source: 'download',
  async find(search) {
    const { request, context } = search
    const target = search.target()
    if ('problem' in target) throw new RunnerError('unavailable', target.problem, { remedy: target.remedy })
    const release = await search.release()
    const origin = shownUrl(release.url)
    return installOnce(
      {
        source: 'download',
        version: release.version,
        otherwise: 'not taken',
        async install(staging, layout) {
          context.say('info', `Downloading the CLI ${release.version ?? request.version} from ${origin}`)
          const file = join(staging, 'archive')
          const sha256 = await fetchArchive(release, file, { request, context, target })
          const placed = await installArchive(
            { file, sha256, origin, version: release.version },
            staging,
            layout,
            search,
          )
          await keepArchive({ file, sha256, version: placed.version }, layout, search)
          return placed
        },
      },
      search,
    )
  },
}
