/** Lines as `oz agent run --output-format=json` prints them, each with its newline. */
export const eventLines = {
  runStarted: (runId = 'run-1', runUrl = `https://oz.warp.dev/runs/${runId}`) =>
    eventLine({ type: 'system', event_type: 'run_started', run_id: runId, run_url: runUrl }),
  conversationStarted: (id = 'conversation-1') =>
    eventLine({ type: 'system', event_type: 'conversation_started', conversation_id: id }),
  sessionShared: (url = 'https://app.warp.dev/session/1') =>
    eventLine({ type: 'system', event_type: 'shared_session_established', join_url: url }),
  agent: (text: string) => eventLine({ type: 'agent', text }),
  reasoning: (text: string) => eventLine({ type: 'agent_reasoning', text }),
  call: (tool: string, input: object = {}) => eventLine({ type: 'tool_call', tool, ...input }),
  result: (tool: string, output: object = {}) => eventLine({ type: 'tool_result', tool, ...output }),
  command: (command: string, exitCode: number, output: string) =>
    eventLine({ type: 'tool_call', tool: 'run_command', command }) +
    eventLine({ type: 'tool_result', tool: 'run_command', status: 'complete', exit_code: exitCode, output }),
  pullRequest: (url: string, branch = 'oz/fix') =>
    eventLine({ type: 'artifact_created', artifact_type: 'pull_request', url, branch }),
}

/** Any object as one line of the stream. */
export function eventLine(event: object): string {
  return `${JSON.stringify(event)}\n`
}

/** The bytes of a text in pieces that end at the given places (in any order; those out of range are left out). */
export function cutBytes(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const inside = places.filter((place) => place > 0 && place < bytes.length).sort((a, b) => a - b)
  const borders = [0, ...inside, bytes.length]
  return borders.slice(1).map((border, index) => Uint8Array.from(bytes.subarray(borders[index], border)))
}
