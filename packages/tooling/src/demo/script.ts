import type { Script } from '@oz-agent/oz-sim'

/** What the stand-in does in the demo: what a real agent would do with this prompt. */
export const demoScript: Script = {
  session_url: 'https://app.warp.dev/session/demo',
  steps: [
    { reasoning: 'The greeting is misspelt; its test says what it should be.' },
    { message: 'I will look at the greeting and at its test.' },
    { read: ['greet.sh'] },
    { run: 'sh test.sh || true' },
    { edit: { path: 'greet.sh', find: 'Helo', replace: 'Hello', title: 'Spell the greeting right' } },
    { run: 'sh test.sh' },
    { message: 'The greeting was misspelt. I corrected `greet.sh`, and **its test passes** now.' },
  ],
}

/** The repository that the agent finds. */
export const demoFiles: Readonly<Record<string, string>> = {
  'greet.sh': 'echo "Helo, $1!"\n',
  'test.sh': '[ "$(sh greet.sh world)" = "Hello, world!" ] && echo ok || { echo "not greeted"; exit 1; }\n',
}

export const demoPrompt = 'The test of the greeting fails. Find out why and fix it.'

/** No key of anyone: the stand-in takes whatever begins like one. */
export const demoKey = 'wk-demo-0123456789'
