import * as fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { codeSpan, markdownLink, plainMarkdown, quoteAgentMarkdown } from './markdown.ts'

const HOSTS = new Set(['oz.warp.dev', 'git.example.com'])

/** What a forge makes of it, with raw HTML let through so that nothing is hidden from the test. */
function html(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
}

const quoted = (text: string): string => html(quoteAgentMarkdown(text, HOSTS))

describe("the agent's Markdown", () => {
  it('keeps headings, emphasis, lists, tables and code', () => {
    const shown = quoted('# Done\n\n- **a** `b`\n\n| x | y |\n| - | - |\n| 1 | 2 |\n\n```ts\nlet a = 1\n```')
    for (const tag of ['<h1>Done</h1>', '<strong>a</strong>', '<code>b</code>', '<table>', 'language-ts']) {
      expect(shown).toContain(tag)
    }
  })

  it('keeps what only looks like a reference', () => {
    const shown = quoted('~~old~~ 50% & more, `a~b`, x ~ y\n\n```dotenv\nA=1\n```\n\n~~~ts\nlet a\n~~~')
    for (const tag of ['<del>', '50% &amp; more', 'language-dotenv', 'language-ts'])
      expect(shown).toContain(tag)
  })

  it.each([
    ['a link to the run', '[run](https://oz.warp.dev/runs/1)', 'https://oz.warp.dev/runs/1'],
    [
      'a bare address in a sentence',
      'See https://git.example.com/o/r/pull/1.',
      'https://git.example.com/o/r/pull/1',
    ],
  ])('keeps %s', (_name, text, url) => {
    expect(quoted(text)).toContain(`href="${url}"`)
  })

  it.each([
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['a comment that swallows the rest', '<!-- '],
    ['details left open', '<details><summary>x'],
    ['an image', '![x](https://tracker.example.com/a.png)'],
    ['an image from a trusted host', '![x](https://oz.warp.dev/a.png)'],
    ['an image by reference', '![x][y]\n\n[y]: https://tracker.example.com/a.png'],
    ['a link elsewhere', '[your run](https://tracker.example.com/?q=1)'],
    ['a link by reference', '[your run][y]\n\n[y]: https://tracker.example.com/'],
    ['a short reference', '[y]\n\n[y]: //tracker.example.com/'],
    ['a link with a title', '[x](https://oz.warp.dev/ "x") [y](//tracker.example.com)'],
    ['a script address', '[x](javascript:alert(1))'],
    ['a bare address elsewhere', 'https://tracker.example.com/?q=secret'],
    [
      'a host before an @',
      'https://oz.warp.dev@tracker.example.com/ [x](https://oz.warp.dev@tracker.example.com/)',
    ],
    ['a host with a backslash', 'https://oz.warp.dev\\@tracker.example.com/'],
    ['a longer host', 'https://oz.warp.dev.tracker.example.com/'],
    ['an address in angle brackets', '<https://tracker.example.com>'],
    ['www', 'www.tracker.example.com'],
    ['a mail address', 'someone@tracker.example.com'],
    ['entities', '&#60;img src=x&#62; &lt;b&gt;'],
  ])('defuses %s', (_name, text) => {
    const shown = quoted(text)
    expect(shown).not.toMatch(/<(?!\/?(blockquote|p|ul|li|br)\b|a href="https:\/\/oz\.warp\.dev\/|\/a>)/)
  })

  it.each([
    ['a mention', '@someone', /@[\w]/],
    ['a mention by entity', '&#64;someone &commat;someone', /@[\w]|&#64;|&commat;/],
    ['a group mention', 'cc @org/team @all', /@[\w]/],
    ['an issue', 'fixes #12', /#\d/],
    ['a merge request', 'see !12', /!\d/],
    ['a command of the forge', '/close\n/merge', /^\/[a-z]+$/m],
    ['an epic', 'see &1 and group&12', /&\d/],
    ['a label', '~bug ~"needs work" ~1', /~["\w]/],
    ['a milestone', '%v1 %"Next one" %12', /%["\w]/],
    ['a snippet', 'see $12', /\$\d/],
    ['an alert', '^alert#1', /\^alert#/],
    ['an iteration', '*iteration:1', /\*iteration:/],
    ['a reference in brackets', '[vulnerability:1] [feature_flag:"x"]', /\[\w/],
    ['an issue without its mark', 'GH-1 and GL-1', /G[HL]-\d/],
    ['a callout', '> [!warning]\n> Your key is void', /\[!/],
    ['a query of the forge', '```glql\nquery: author = me()\n```', /language-glql/],
    ['a diagram of Kroki', '```blockdiag\nx\n```\n\n~~~ vega\nx\n~~~', /language-(blockdiag|vega)/],
    ['a diagram of PlantUML', '```plantuml\n!include /etc/passwd\n```', /language-plantuml/],
    ['a diagram by attributes', '``` {.mermaid #x}\nx\n```', /language-\{?\.?mermaid/],
    ['a change that one click applies', '```suggestion:-0+0\nx\n```', /language-suggestion/],
    ['a diagram that a service draws', '```mermaid\ngraph\n```', /language-mermaid/],
  ])('defuses %s', (_name, text, trigger) => {
    expect(quoteAgentMarkdown(text, HOSTS)).not.toMatch(trigger)
    expect(quoted(text).replaceAll('\n', ' ')).not.toMatch(trigger)
  })

  const atom = fc.oneof(
    fc.constantFrom(
      ...[
        '```',
        '~~~',
        '`',
        '\n',
        '\n\n',
        '> ',
        '- ',
        '1. ',
        '    ',
        '\t',
        '|',
        '---\n',
        '# ',
        '=',
        '*',
        '_',
        '\\',
        '!',
        '[',
        ']',
        '(',
        ')',
      ],
      ...[
        '<',
        '>',
        '<!--',
        '-->',
        '<img src=x>',
        '</blockquote>',
        '<details>',
        '&lt;',
        '&',
        '#',
        ';',
        ':',
        '//',
        '@',
        'a',
        ' ',
        '~~',
        '[^1]',
      ],
      ...[
        'https://oz.warp.dev/a',
        'https://evil.example/',
        'http:',
        'www.',
        'javascript:',
        '[x](',
        '![x](',
        '[y]: ',
        '\r',
        '\u2028',
        '\u200b',
      ],
    ),
    fc.string({ maxLength: 3 }),
  )

  it('whatever it is: makes no HTML, image or foreign link, and ends where it ends', () => {
    fc.assert(
      fc.property(
        fc.array(atom, { maxLength: 30 }).map((atoms) => atoms.join('')),
        (text) => {
          const shown = html(`before\n\n${quoteAgentMarkdown(text, HOSTS)}\n\nafter **us**`)
          expect(shown.startsWith('<p>before</p>\n<blockquote>')).toBe(true)
          expect(shown.endsWith('</blockquote>\n<p>after <strong>us</strong></p>')).toBe(true)
          expect(shown).not.toMatch(/<(img|script|details|!--)/)
          for (const [, target] of shown.matchAll(/href="([^"]*)"/g)) {
            expect(new URL(target as string).host).toBe('oz.warp.dev')
          }
        },
      ),
      { numRuns: 1500 },
    )
  })
})

describe('words, code and links of ours around text that is not', () => {
  const nasty = fc
    .array(fc.oneof(fc.constantFrom(...'`|<>[]()!*_\\#@&~\n -+=.:/1a'), fc.string({ maxLength: 2 })), {
      maxLength: 20,
    })
    .map((parts) => parts.join(''))

  it('makes code of anything', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = html(`- x ${codeSpan(text)} end`)
        expect(shown).toMatch(/^<ul>\n<li>x (<code>[^<]*<\/code>)? ?end<\/li>\n<\/ul>$/)
        expect(shown).not.toMatch(/<(a|img|em|strong|b|del)\b/)
      }),
      { numRuns: 500 },
    )
  })

  it('makes words of anything', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(html(`- x ${plainMarkdown(text)}`)).not.toMatch(/<(a|img|em|strong|code|del|b|i|h1)\b/)
      }),
      { numRuns: 500 },
    )
  })

  it.each(['see &1', '%v1', '%"a b"', 'GL-1'])('makes no reference of %s', (text) => {
    expect(plainMarkdown(text).replaceAll('&amp;', '&')).not.toMatch(/[&%]["\w]|GL-\d/)
  })

  it('links only to web addresses, whatever is in them', () => {
    expect(html(markdownLink('run', 'https://example.com/a_(b)?c=*d*'))).toBe(
      '<p><a href="https://example.com/a_%28b%29?c=%2Ad%2A">run</a></p>',
    )
    expect(markdownLink('run', 'javascript:alert(1)')).toBe('run')
    expect(markdownLink('run', null)).toBe('run')
  })
})
