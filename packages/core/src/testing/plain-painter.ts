import type { LogItem, LogPainter } from '../report/log-item.ts'

/** Paints one line an item, with its kind in front; for tests that look at what is logged. */
export class PlainPainter implements LogPainter {
  paint(item: LogItem): string {
    switch (item.kind) {
      case 'say':
      case 'body':
        return `${item.kind}: ${item.text}\n`
      case 'open':
        return `open: ${item.title}\n`
      case 'close':
        return item.failed ? 'close: failed\n' : 'close\n'
      case 'note':
        return `${item.level}: ${item.title === undefined ? '' : `${item.title}: `}${item.text}\n`
      case 'link':
        return `link: ${item.label} ${item.url}\n`
    }
  }
}
