export const id = 402;
export const ids = [402];
export const modules = {

/***/ 1208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G$: () => (/* binding */ toolResult),
/* harmony export */   Kj: () => (/* binding */ sessionShared),
/* harmony export */   LW: () => (/* binding */ toolCall),
/* harmony export */   dj: () => (/* binding */ runStarted),
/* harmony export */   iU: () => (/* binding */ message),
/* harmony export */   td: () => (/* binding */ conversationStarted)
/* harmony export */ });
/* unused harmony export runUrl */
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

/***/ 402:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   flood: () => (/* binding */ flood)
/* harmony export */ });
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1208);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);


const BLOCK = 1 << 20;
const flood = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'flood',
    summary: 'Emits many megabytes of events as fast as they are read, at next to no cost of its own.',
    shorthand: 'megabytes',
    schema: (z) => z.strictObject({
        megabytes: z
            .number()
            .positive()
            .describe('How much (1 MB = 1,048,576 bytes), rounded up to whole events.'),
        line_bytes: z.int().min(100).optional().describe('Size of one event; about 1,000 by default.'),
        as: z
            .enum(['message', 'reasoning', 'command_output', 'unknown'])
            .optional()
            .describe('Kind of event; `message` by default.'),
    }),
    run: async ({ megabytes, line_bytes = 1000, as = 'message' }, agent) => {
        const text = 'The quick brown fox jumps over the lazy dog. '
            .repeat(Math.ceil(line_bytes / 45))
            .slice(0, line_bytes - 60);
        const line = Buffer.from(agent.render(EVENTS[as](text)));
        const total = Math.ceil((megabytes * BLOCK) / line.length);
        const perBlock = Math.max(1, Math.floor(BLOCK / line.length));
        const block = Buffer.alloc(perBlock * line.length, line);
        for (let left = total; left > 0; left -= perBlock) {
            await agent.write(block.subarray(0, Math.min(left, perBlock) * line.length));
        }
    },
});
const EVENTS = {
    message: _run_event_js__WEBPACK_IMPORTED_MODULE_1__/* .message */ .iU,
    reasoning: (text) => ({ type: 'agent_reasoning', text }),
    command_output: (output) => (0,_run_event_js__WEBPACK_IMPORTED_MODULE_1__/* .toolResult */ .G$)('run_command', { status: 'complete', exit_code: 0, output }),
    unknown: (text) => ({ type: 'from_a_later_release', text }),
};


/***/ })

};
