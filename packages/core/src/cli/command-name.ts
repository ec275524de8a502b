import type { Channel } from '../contract/inputs.ts'

const COMMANDS: Record<Channel, string> = { stable: 'oz', preview: 'oz-preview', dev: 'oz-dev' }

/** The CLI's command on PATH, by its release channel. */
export function commandName(channel: Channel): string {
  return COMMANDS[channel]
}
