import { routeOf } from '../../http/proxy.ts'
import { shownUrl } from '../../http/shown-url.ts'
import type { Check } from '../check.ts'
import { ok, problem } from '../finding.ts'

export const proxy: Check = {
  id: 'proxy',
  group: 'network',
  title: 'Proxy',
  async run({ env }) {
    const route = routeOf(new URL('https://app.warp.dev'), env)
    switch (route.kind) {
      case 'direct':
        return ok('none in force for app.warp.dev')
      case 'proxy':
        return ok(`${shownUrl(route.url)} (${route.variable})`)
      case 'invalid':
        return problem(
          'unavailable',
          `${route.variable} ${route.problem}`,
          `Set ${route.variable} to a URL such as http://proxy.example.com:3128.`,
        )
    }
  },
}
