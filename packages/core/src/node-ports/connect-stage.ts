import type { ClientRequest } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { HttpError } from '../http/http-error.ts'

/**
 * Watches how far a request gets on its way to a connection. The returned function says, once the time for that is up,
 * which stage it hangs in: the name, the proxy, the connection, or TLS.
 */
export function watchStages(call: ClientRequest, url: URL, peer: string, proxied: boolean) {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  let stage: 'name' | 'connect' | 'tls' | 'proxy' = isIP(host) === 0 ? 'name' : 'connect'
  // Behind a proxy there is a socket only once the proxy has let us through.
  if (proxied) stage = 'proxy'
  call.on('socket', (socket: Socket) => {
    if (proxied) {
      stage = 'tls'
      return
    }
    socket.once('lookup', (error: Error | null) => {
      if (error === null) stage = 'connect'
    })
    socket.once('connect', () => {
      stage = socket instanceof TLSSocket ? 'tls' : 'connect'
    })
  })
  return (seconds: number): HttpError => {
    switch (stage) {
      case 'name':
        return new HttpError('name', `The name of ${peer} was not looked up within ${seconds} s.`)
      case 'proxy':
        return new HttpError('proxy', `No connection to ${peer} came about within ${seconds} s.`)
      case 'connect':
        return new HttpError('connect', `${peer} took no connection within ${seconds} s.`)
      case 'tls':
        return new HttpError(
          'tls',
          `${peer} took the connection and did not answer in TLS within ${seconds} s.`,
        )
    }
  }
}
