/** One `with:` block and the exact arguments that the CLI must get for it, after `agent run --output-format=json`. */
export interface Row {
  readonly name: string
  readonly with: Readonly<Record<string, string>>
  /** `<private>` stands for the step's private folder, `<checkout>` for the checkout. */
  readonly argv: readonly string[]
  readonly cloud?: true
  /** The file that `--mcp` or the short prompt points to must hold exactly this. */
  readonly file?: string
  readonly warning?: RegExp
}

const BIG = `# Task\n${'0123456789abcdef'.repeat(12_800)}\n`
const TOKEN = 'mcp-token-5f2c9a7e1b'
const MCP_JSON = `{"search": {"command": "npx", "env": {"API_TOKEN": "${TOKEN}"}}}`
const MCP_LINES = `{\n  "search": {\n    "url": "https://mcp.example.com/}{",\n    "headers": {"Authorization": "Bearer ${TOKEN}"}\n  }\n}`
const UUID = '8f14e45f-ceea-467f-a9b1-2d6f0c5e8a11'

export const MCP_TOKEN = TOKEN
export const BIG_PROMPT = BIG

const prompt = (name: string, text: string): Row => ({
  name: `a prompt ${name}`,
  with: { prompt: text },
  argv: [`--prompt=${text}`, '--sandboxed'],
})

const one = (input: string, value: string, ...flags: string[]): Row => ({
  name: `${input}: ${value}`,
  with: { prompt: 'go', [input]: value },
  argv: ['--prompt=go', ...flags],
})

const sandboxed = (input: string, value: string, ...flags: string[]): Row =>
  one(input, value, ...flags, '--sandboxed')
const shared = (name: string, value: string, ...flags: string[]): Row => ({
  name: `share ${name}`,
  with: { prompt: 'go', share: value },
  argv: ['--prompt=go', '--sandboxed', ...flags],
})

export const ROWS: readonly Row[] = [
  prompt('of one word', 'go'),
  prompt('that begins with a dash', '- fix the tests\n- then the docs'),
  prompt('that looks like a flag', '--debug'),
  prompt('that looks like a flag with a value', '--model=evil'),
  prompt('that is two dashes', '--'),
  prompt('of several lines', 'first\nsecond\n\nfourth'),
  prompt('with Windows line ends', 'first\r\nsecond'),
  prompt('with single quotes', "it's 'quoted'"),
  prompt('with double quotes', 'say "hello"'),
  prompt('with $( )', 'run $(id) and $HOME'),
  prompt('with backticks', 'use `id` and ```sh\nid\n```'),
  prompt('with backslashes', 'C:\\temp\\new \\n'),
  prompt('with emoji', 'ship it 🚀 👩‍👩‍👧 é'),
  prompt('in other scripts', '修复测试 — исправь — אבג'),
  prompt('with leading and trailing space', '  keep me  '),
  prompt('with an equals sign', 'a=b --c=d'),
  prompt('with workflow commands', '::error::no\n##[error]no'),
  prompt('with a glob', 'rm *.tmp ?'),
  prompt('with an expression', '${{ secrets.X }} %PATH% !x!'),
  prompt('of 90 kB', 'x'.repeat(90_000)),
  {
    name: 'a prompt of 100 kB goes into a file',
    with: { prompt: `é${'x'.repeat(100_000)}` },
    argv: ['--prompt=<pointer>', '--sandboxed'],
    file: `é${'x'.repeat(100_000)}`,
  },
  {
    name: 'a prompt file',
    with: { prompt_file: 'prompt.md' },
    argv: ['--prompt=- from a file\n', '--sandboxed'],
  },
  {
    name: 'a prompt file of 200 kB',
    with: { prompt_file: 'big.md' },
    argv: ['--prompt=<pointer>', '--sandboxed'],
    file: BIG,
  },
  {
    name: 'a saved prompt',
    with: { saved_prompt: 'sp_123' },
    argv: ['--saved-prompt=sp_123', '--sandboxed'],
  },
  { name: 'a skill alone', with: { skill: 'review' }, argv: ['--skill=review', '--sandboxed'] },
  sandboxed('skill', 'tools:review', '--skill=tools:review'),
  sandboxed('skill', 'org/tools:review', '--skill=org/tools:review'),
  sandboxed('skill', 'tools:.claude/skills/review/SKILL.md', '--skill=tools:.claude/skills/review/SKILL.md'),
  {
    name: 'a skill with a saved prompt',
    with: { skill: 'review', saved_prompt: 'sp_1' },
    argv: ['--saved-prompt=sp_1', '--skill=review', '--sandboxed'],
  },
  sandboxed('model', 'auto', '--model=auto'),
  sandboxed('model', '-odd', '--model=-odd'),
  sandboxed('name', 'Nightly run', '--name=Nightly run'),
  sandboxed('conversation', 'conv-1', '--conversation=conv-1'),
  sandboxed('environment', 'env-9', '--environment=env-9'),
  one('profile', 'prof-1', '--profile=prof-1'),
  sandboxed('config_file', 'oz.yml', '--file=oz.yml'),
  sandboxed('computer_use', 'true', '--computer-use'),
  sandboxed('computer_use', 'false', '--no-computer-use'),
  sandboxed('computer_use', '', ...[]),
  one('strict_mcp_startup', 'true', '--sandboxed', '--strict-mcp-startup'),
  one('mcp_startup_timeout', '90s', '--sandboxed', '--mcp-startup-timeout=1m30s'),
  one('mcp_startup_timeout', '2', '--sandboxed', '--mcp-startup-timeout=2m'),
  one('cwd', 'sub folder', '--sandboxed', '--cwd=sub folder'),
  one('debug', 'true', '--sandboxed', '--debug'),
  one('debug', 'False', '--sandboxed'),
  sandboxed('mcp', 'linear', '--mcp=linear'),
  sandboxed('mcp', UUID, `--mcp=${UUID}`),
  sandboxed('mcp', './mcp.json', '--mcp=./mcp.json'),
  {
    name: 'inline MCP JSON goes into a private file',
    with: { prompt: 'go', mcp: MCP_JSON },
    argv: ['--prompt=go', '--mcp=<private>/mcp-1.json', '--sandboxed'],
    file: MCP_JSON,
  },
  {
    name: 'inline MCP JSON over several lines',
    with: { prompt: 'go', mcp: MCP_LINES },
    argv: ['--prompt=go', '--mcp=<private>/mcp-1.json', '--sandboxed'],
    file: MCP_LINES,
  },
  {
    name: 'several MCP entries keep their order',
    with: { prompt: 'go', mcp: `linear\n${MCP_LINES}\n./mcp.json` },
    argv: ['--prompt=go', '--mcp=linear', '--mcp=<private>/mcp-2.json', '--mcp=./mcp.json', '--sandboxed'],
    file: MCP_LINES,
  },
  shared('with oneself', 'me', '--share'),
  shared('with the team', 'team', '--share=team'),
  shared('with the team to edit', 'team:edit', '--share=team:edit'),
  shared('with everyone to view', 'public:view', '--share=public:view'),
  shared('with a colleague', 'dev@example.com', '--share=dev@example.com'),
  shared('with a colleague to edit', 'dev@example.com:edit', '--share=dev@example.com:edit'),
  shared(
    'mixed, one a line',
    'me\nteam:view\ndev@example.com',
    '--share',
    '--share=team:view',
    '--share=dev@example.com',
  ),
  shared('mixed, with commas', 'team, me', '--share=team', '--share'),
  sandboxed('output_format', 'text', ...[]),
  sandboxed('output_format', 'json', ...[]),
  sandboxed('output_format', 'pretty', ...[]),
  sandboxed('output_format', 'ndjson', ...[]),
  sandboxed('oz_channel', 'stable', ...[]),
  sandboxed('oz_version', 'latest', ...[]),
  { ...sandboxed('host', 'worker-1', ...[]), warning: /host has no effect without cloud/ },
  {
    name: 'all inputs of the official action at once',
    with: {
      prompt: 'go',
      saved_prompt: '',
      skill: 'review',
      model: 'auto',
      name: 'n',
      mcp: 'linear',
      cwd: 'sub folder',
      profile: 'p',
      output_format: 'text',
      cloud: 'false',
      host: '',
      environment: 'e',
      share: 'team:edit',
      computer_use: 'true',
      debug: 'true',
      oz_channel: 'stable',
      oz_version: 'latest',
    },
    argv: [
      ...['--prompt=go', '--skill=review', '--model=auto', '--name=n', '--environment=e', '--mcp=linear'],
      ...['--computer-use', '--profile=p', '--cwd=sub folder', '--share=team:edit', '--debug'],
    ],
  },
  {
    name: 'a cloud run without an environment',
    cloud: true,
    with: { prompt: 'go', cloud: 'true', wait: 'false' },
    argv: ['--prompt=go', '--no-environment'],
  },
  {
    name: 'a cloud run on a host',
    cloud: true,
    with: {
      prompt: '- go',
      cloud: 'true',
      wait: 'false',
      host: 'Worker-1',
      environment: 'e',
      computer_use: 'true',
    },
    argv: ['--prompt=- go', '--environment=e', '--computer-use', '--host=Worker-1'],
  },
  {
    name: 'a cloud run drops what only local runs know, and says so',
    cloud: true,
    with: { prompt: 'go', cloud: 'true', wait: 'false', cwd: 'sub folder', share: 'team', profile: 'p' },
    argv: ['--prompt=go', '--no-environment'],
    warning: /cwd has no effect with cloud/,
  },
]
