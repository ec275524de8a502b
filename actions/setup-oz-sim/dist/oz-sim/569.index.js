export const id = 569;
export const ids = [569];
export const modules = {

/***/ 8569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   work: () => (/* binding */ work)
/* harmony export */ });
const work = {
    'edits-files': {
        description: 'Creates a file, then changes it.',
        steps: [
            { message: 'I will write down what I find.' },
            { edit: { path: 'oz-notes.md', content: '# Notes\n\nNothing yet.\n', title: 'Add notes' } },
            {
                edit: { path: 'oz-notes.md', find: 'Nothing yet.', replace: 'One finding.', title: 'Fill in notes' },
            },
            { message: 'I wrote `oz-notes.md`.' },
        ],
    },
    'runs-command': {
        description: 'Runs a command that works.',
        steps: [{ run: 'echo hello from the working folder' }, { message: 'The command works.' }],
    },
    'failing-command': {
        description: 'Runs a command that fails; the agent itself ends well.',
        steps: [{ run: 'echo something broke >&2; exit 3' }, { message: 'The command failed with 3.' }],
    },
    artifacts: {
        description: 'Reports an artifact of every kind.',
        steps: [
            { edit: { path: 'oz-report.txt', content: 'A report.\n' } },
            {
                artifact: {
                    pull_request: { url: 'https://github.com/org/repo/pull/1', branch: 'oz/change' },
                    plan: { title: 'The plan' },
                    screenshot: { description: 'The page after the change' },
                    file: { path: 'oz-report.txt', description: 'A report' },
                },
            },
            { message: 'I opened a pull request.' },
        ],
    },
    'every-event': {
        description: 'Every documented type of event once.',
        steps: [
            { skill: 'code-review' },
            { todos: ['Look', 'Change'] },
            { reasoning: 'First look, then change.' },
            { read: ['README.md', 'missing.md'] },
            { tool: { name: 'grep', input: { queries: ['TODO'], path: '.' }, result: { files: [] } } },
            { tool: { name: 'call_mcp_tool', input: { name: 'search', input: {} }, error: 'the server is gone' } },
            { tool: { name: 'write_to_command', canceled: true } },
            { run: { command: 'echo hello', running: true } },
            { subagent: 'task-1' },
            { complete_todos: ['Look'] },
            {
                comments_addressed: [
                    { comment_text: 'Name this', file_path: 'a.ts', line_number: 3, head_title: 'Add a thing' },
                ],
            },
            { message: 'Seen everything once.' },
        ],
    },
    slow: {
        description: 'Says a line every second for a minute.',
        steps: Array.from({ length: 60 }, (_, index) => [
            { message: `Still at it (${index + 1} of 60).` },
            { wait: '1s' },
        ]).flat(),
    },
};


/***/ })

};
