export const id = 943;
export const ids = [943];
export const modules = {

/***/ 1208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G$: () => (/* binding */ toolResult),
/* harmony export */   Kj: () => (/* binding */ sessionShared),
/* harmony export */   LW: () => (/* binding */ toolCall),
/* harmony export */   Vp: () => (/* binding */ runUrl),
/* harmony export */   dj: () => (/* binding */ runStarted),
/* harmony export */   iU: () => (/* binding */ message),
/* harmony export */   td: () => (/* binding */ conversationStarted)
/* harmony export */ });
const message = (text) => ({ type: 'agent', text });
const toolCall = (tool, input) => ({ type: 'tool_call', tool, ...input });
const toolResult = (tool, output) => ({
    type: 'tool_result',
    tool,
    ...output,
});
const system = (kind, rest) => ({ type: 'system', event_type: kind, ...rest });
const runUrl = (id) => `https://oz.warp.dev/runs/${id}`;
const runStarted = (id) => system('run_started', { run_id: id, run_url: runUrl(id) });
const conversationStarted = (id) => system('conversation_started', { conversation_id: id });
const sessionShared = (url) => system('shared_session_established', { join_url: url });


/***/ }),

/***/ 4943:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runCommand: () => (/* binding */ runCommand)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1208);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2730);



const runCommand = (0,_step_js__WEBPACK_IMPORTED_MODULE_1__/* .defineStep */ .o)({
    name: 'run',
    summary: 'Really runs a shell command in the working folder and reports its exit code and output.',
    shorthand: 'command',
    schema: (z) => z.strictObject({
        command: z.string().describe('Passed to `sh -c`.'),
        pretend: z
            .strictObject({ exit_code: z.int(), output: z.string().optional() })
            .optional()
            .describe('Report this result and run nothing.'),
        running: z.boolean().optional().describe('`true` first reports the status `running`.'),
    }),
    run: async ({ command, pretend, running }, agent) => {
        await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_2__/* .toolCall */ .LW)('run_command', { command }));
        if (running)
            await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_2__/* .toolResult */ .G$)('run_command', { status: 'running' }));
        const { exit_code, output = '' } = pretend ?? (await shell(command, agent));
        await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_2__/* .toolResult */ .G$)('run_command', { status: 'complete', exit_code, output }));
    },
});
function shell(command, agent) {
    return new Promise((resolve, reject) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('sh', ['-c', command], {
            cwd: agent.cwd,
            env: { ...agent.host.env },
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        const chunks = [];
        for (const stream of [child.stdout, child.stderr])
            stream.on('data', (chunk) => chunks.push(chunk));
        agent.stopping.addEventListener('abort', () => child.kill('SIGTERM'));
        child.on('error', reject);
        child.on('close', (code) => {
            resolve({ exit_code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') });
        });
    });
}


/***/ })

};
