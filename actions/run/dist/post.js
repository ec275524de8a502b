const early = (globalThis[Symbol.for('oz-agent.early-signals')] = [])
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => early.push(signal))
const { post } = await import('./index.js')
await post()
