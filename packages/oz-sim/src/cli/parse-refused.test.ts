import { describe, expect, it } from 'vitest'
import { ozGrammar } from './grammar.ts'
import { parseArgs } from './parse.ts'

/** Name of the row: the arguments, what the error says, and the environment where it matters. */
type Row = readonly [args: readonly string[], error: string, env?: Readonly<Record<string, string>>]

const run = (...args: string[]): readonly string[] => ['agent', 'run', ...args]
const withPrompt = (...args: string[]): readonly string[] => run('--prompt=x', ...args)
const cloud = (...args: string[]): readonly string[] => ['agent', 'run-cloud', '--prompt=x', ...args]
const NO_VALUE = 'but none was supplied'
const ONCE = 'cannot be used multiple times'
const TOGETHER = 'cannot be used with'
const MISSING = 'the following required arguments were not provided'

const ROWS: Readonly<Record<string, Row>> = {
  'nothing to do': [run(), `${MISSING}:\n  <--prompt <PROMPT>|--saved-prompt <ID>|--skill <SPEC>`],
  'a Markdown bullet as the next argument': [run('--prompt', '- one'), "unexpected argument '- ' found"],
  'an unknown flag as the next argument': [run('--prompt', '--fix'), "unexpected argument '--fix' found"],
  'a negative number as the next argument': [run('--prompt', '-5'), "unexpected argument '-5' found"],
  'a known flag as the next argument': [run('--prompt', '--debug'), `'--prompt <PROMPT>' ${NO_VALUE}`],
  'a known letter as the next argument': [run('--prompt', '-C'), `'--prompt <PROMPT>' ${NO_VALUE}`],
  'a prompt without its value': [run('--prompt'), `'--prompt <PROMPT>' ${NO_VALUE}`],
  'a prompt before --': [run('--prompt', '--', 'x'), `'--prompt <PROMPT>' ${NO_VALUE}`],
  'two prompts': [run('--prompt=a', '--prompt=b'), `'--prompt <PROMPT>' ${ONCE}`],
  'a prompt and a saved prompt': [
    withPrompt('--saved-prompt=y'),
    `'--prompt <PROMPT>' ${TOGETHER} '--saved-prompt`,
  ],
  'a saved prompt and a prompt': [run('--saved-prompt=y', '--prompt=x'), TOGETHER],
  'a stray word': [withPrompt('stray'), "unexpected argument 'stray' found"],
  'a word after --': [withPrompt('--', 'stray'), "unexpected argument 'stray' found"],
  'an unknown option': [withPrompt('--frobnicate'), "unexpected argument '--frobnicate' found"],
  'a mistyped option': [withPrompt('--modle=m'), "tip: a similar argument exists: '--model'"],
  'an unknown letter': [withPrompt('-z'), "unexpected argument '-z' found"],
  'a value for a switch': [withPrompt('--debug=true'), "unexpected value 'true' for '--debug' found"],
  'an option of run-cloud': [withPrompt('--host=w'), "unexpected argument '--host' found"],
  'a version below the top': [withPrompt('--version'), "unexpected argument '--version' found"],
  'an empty share': [withPrompt('--share='), "expected 'team', 'public' or an email address"],
  'a share with nobody': [withPrompt('--share=bob'), "'bob' is no recipient"],
  'a share in upper case': [withPrompt('--share=Team'), "'Team' is no recipient"],
  'a share with a blank': [withPrompt('--share=team '), "'team ' is no recipient"],
  'an unknown level': [withPrompt('--share=team:admin'), "unknown access level 'admin'"],
  'an unknown level of a person': [withPrompt('--share=a@example.com:own'), "unknown access level 'own'"],
  'an empty level': [withPrompt('--share=team:'), "unknown access level ''"],
  'a level without a recipient': [
    withPrompt('--share=:view'),
    "expected 'team', 'public' or an email address",
  ],
  'a word that a bare share swallows': [withPrompt('--share', 'stray'), "'stray' is no recipient"],
  'an empty skill': [run('--skill='), 'the name of the skill is empty'],
  'a skill without a name': [run('--skill=org/repo:'), 'the name of the skill is empty'],
  'a skill without a repository': [run('--skill=:review'), 'has an empty part'],
  'a skill without an organisation': [run('--skill=/repo:review'), 'has an empty part'],
  'a duration without a unit': [withPrompt('--mcp-startup-timeout=30'), 'expected a duration with a unit'],
  'a duration in an unknown unit': [
    withPrompt('--mcp-startup-timeout=3fortnights'),
    'expected a duration with a unit',
  ],
  'a bad duration to stay open': [withPrompt('--idle-on-complete=long'), 'expected a duration with a unit'],
  'a bad duration from the environment': [withPrompt(), 'expected a duration', { OZ_IDLE_ON_FAIL: 'long' }],
  'two working folders': [withPrompt('-C', 'a', '--cwd=b'), `'--cwd <DIR>' ${ONCE}`],
  'computer use and none': [withPrompt('--computer-use', '--no-computer-use'), TOGETHER],
  'an unknown format': [withPrompt('--output-format=xml'), '[possible values: json, ndjson, pretty, text]'],
  'a near format': [withPrompt('--output-format=jsn'), "a similar value exists: 'json'"],
  'an unknown format from the environment': [
    withPrompt(),
    "invalid value 'xml'",
    { WARP_OUTPUT_FORMAT: 'xml' },
  ],
  'an empty format from the environment': [withPrompt(), NO_VALUE, { WARP_OUTPUT_FORMAT: '' }],
  'a working folder for run-cloud': [cloud('--cwd=/tmp'), "unexpected argument '--cwd' found"],
  'a share for run-cloud': [cloud('--share'), "unexpected argument '--share' found"],
  'a profile for run-cloud': [cloud('--profile=p'), "unexpected argument '--profile' found"],
  'an environment and none': [cloud('--environment=e', '--no-environment'), TOGETHER],
  'team and personal': [cloud('--team', '--personal'), TOGETHER],
  'an unknown harness': [cloud('--harness=cursor'), '[possible values: oz, claude, opencode, gemini, codex]'],
  'run-cloud with nothing to do': [['agent', 'run-cloud', '--host=warp'], MISSING],
  'a shutdown without a run': [['harness-support', 'report-shutdown'], `${MISSING}:\n  --run-id <RUN_ID>`],
  'a run id after the subcommand': [
    ['harness-support', 'report-shutdown', '--run-id=r'],
    "unexpected argument '--run-id' found",
  ],
  'run get without an id': [['run', 'get'], `${MISSING}:\n  <ID>`],
  'run get with two ids': [['run', 'get', 'a', 'b'], "unexpected argument 'b' found"],
  'a command that does not exist': [['run', 'cancel', 'a'], "unrecognized subcommand 'cancel'"],
  'a mistyped command': [['agnet', 'run'], "a similar subcommand exists: 'agent'"],
  'half a command': [['agent'], 'Usage: oz agent'],
  'options without a command': [['--debug'], 'Usage: oz'],
  'an unknown format from the environment, though one is given': [
    withPrompt('--output-format=json'),
    "invalid value 'xml'",
    { WARP_OUTPUT_FORMAT: 'xml' },
  ],
  'an empty format from the environment, for any command': [
    ['whoami', '--output-format=json'],
    NO_VALUE,
    { WARP_OUTPUT_FORMAT: '' },
  ],
  'an empty configuration file from the environment': [
    withPrompt(),
    `'--file <PATH>' ${NO_VALUE}`,
    { WARP_AGENT_CONFIG_FILE: '' },
  ],
  'an empty configuration file from the environment, in the cloud': [
    cloud(),
    `'--file <PATH>' ${NO_VALUE}`,
    { WARP_AGENT_CONFIG_FILE: '' },
  ],
  'an empty time to stay open from the environment': [
    withPrompt(),
    'expected a duration',
    { OZ_IDLE_ON_FAIL: '' },
  ],
  'a time of 0 to stay open from the environment': [
    withPrompt(),
    'expected a duration',
    { OZ_IDLE_ON_FAIL: '0' },
  ],
  'a time without a unit from the environment': [
    withPrompt(),
    'expected a duration',
    { OZ_IDLE_ON_FAIL: '15' },
  ],
  'an empty working folder': [withPrompt('--cwd='), `'--cwd <DIR>' ${NO_VALUE}`],
  'an empty configuration file': [withPrompt('--file='), `'--file <PATH>' ${NO_VALUE}`],
  'an empty attachment': [cloud('--attach='), `'--attach <PATH>' ${NO_VALUE}`],
  'an unknown harness of a local run': [withPrompt('--harness=cursor'), "invalid value 'cursor'"],
  'an empty harness': [withPrompt('--harness='), `'--harness <HARNESS>' ${NO_VALUE}`],
  'an email with a colon': [withPrompt('--share=a@b:c:edit'), "unknown access level 'c:edit'"],
  'an email with two colons': [withPrompt('--share=a@b::edit'), "unknown access level ':edit'"],
  'a duration of 0 without a unit': [withPrompt('--mcp-startup-timeout=0'), 'expected a duration'],
  'a duration beyond the range': [
    withPrompt('--mcp-startup-timeout=99999999999999999999s'),
    'expected a duration',
  ],
  'a duration whose sum is beyond the range': [
    withPrompt('--mcp-startup-timeout=18446744073709551615s 1s'),
    'expected a duration',
  ],
  'a unit cut by a blank': [withPrompt('--mcp-startup-timeout=1m in'), 'expected a duration'],
  'a unit in upper case': [withPrompt('--mcp-startup-timeout=1S'), 'expected a duration'],
  'a blank skill': [run('--skill=  '), 'the name of the skill is empty'],
  'a skill of a tab': [run('--skill=\t'), 'the name of the skill is empty'],
  'a blank name of a blank repository': [run('--skill= : '), 'the name of the skill is empty'],
  'a blank repository of a skill': [run('--skill=a/ :x'), 'has an empty part'],
  'a blank organisation of a skill': [run('--skill= /a:x'), 'has an empty part'],
  'a task id and a prompt': [withPrompt('--task-id=t'), `'--task-id <TASK_ID>' ${TOGETHER} '--prompt`],
  'a task id and a saved prompt': [run('--task-id=t', '--saved-prompt=s'), TOGETHER],
  'a task id and a configuration file': [run('--task-id=t', '--file=a.yml'), TOGETHER],
  'a task id and a configuration file from the environment': [
    run('--task-id=t'),
    TOGETHER,
    { WARP_AGENT_CONFIG_FILE: 'a.yml' },
  ],
  'no first turn, and nothing to wait for': [run('--task-id=t', '--skip-initial-turn'), '--idle-on-complete'],
  'a server that is no UUID': [withPrompt('--mcp-server=linear'), 'expected a UUID'],
  'a global option twice in one place': [withPrompt('--debug', '--debug'), `'--debug' ${ONCE}`],
  'a jq filter with an open bracket': [['run', 'get', 'r', '--jq=.['], "invalid value '.['"],
  'an empty jq filter': [['run', 'get', 'r', '--jq='], 'expected a jq filter'],
  'a token for nobody': [['federate', 'issue-token'], `${MISSING}:\n  --audience`],
}

describe('refused command lines', () => {
  it.each(Object.entries(ROWS))('%s', (_name, [args, error, env = {}]) => {
    const result = parseArgs(ozGrammar('oz'), args, env)
    expect(result.kind).toBe('usage-error')
    expect(result.kind === 'usage-error' && result.text).toContain(error)
  })

  it('names the command as it was called', () => {
    const result = parseArgs(ozGrammar('oz-preview'), run(), {})
    expect(result).toMatchObject({ text: expect.stringContaining('Usage: oz-preview agent run [OPTIONS]') })
  })
})
