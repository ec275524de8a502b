export const id = 198;
export const ids = [198];
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

/***/ 7198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   tool: () => (/* binding */ tool)
/* harmony export */ });
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1208);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);


const tool = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'tool',
    summary: 'Reports a call of any tool, and its result, error or cancellation, without doing anything.',
    schema: (z) => z.strictObject({
        name: z.string().describe('Such as `grep`, `search_codebase` or `call_mcp_tool`.'),
        input: z.looseObject({}).optional().describe('Keys of the call.'),
        result: z.looseObject({}).optional().describe('Keys of the result.'),
        error: z.string().optional().describe('The call fails with this text instead.'),
        canceled: z.boolean().optional().describe('`true`: the call is canceled instead.'),
    }),
    run: async ({ name, input, result, error, canceled }, agent) => {
        await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_1__/* .toolCall */ .LW)(name, input ?? {}));
        if (canceled)
            await agent.emit({ type: 'tool_canceled' });
        else if (error !== undefined)
            await agent.emit({ type: 'tool_error', error });
        else if (result)
            await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_1__/* .toolResult */ .G$)(name, result));
    },
});


/***/ })

};
