export const id = 852;
export const ids = [852];
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

/***/ 4852:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   stdin: () => (/* binding */ stdin)
/* harmony export */ });
/* harmony import */ var _record_descriptor_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(345);
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1208);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5068);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);




const stdin = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'stdin',
    summary: 'Reads its stdin and says as JSON what it is, how many bytes came, and whether it ended.',
    schema: (z) => z.strictObject({
        within: (0,_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p)(z).optional().describe('How long to wait for its end; `300ms` by default.'),
    }),
    run: async ({ within = '300ms' }, agent) => {
        const kind = (0,_record_descriptor_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOfDescriptor */ .N)(0);
        let bytes = 0;
        const drained = agent.host.drainStdin((count) => {
            bytes += count;
        });
        const ended = await Promise.race([drained.then(() => true), agent.sleep((0,_duration_js__WEBPACK_IMPORTED_MODULE_1__.toMs)(within)).then(() => false)]);
        await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_3__/* .message */ .iU)(JSON.stringify({ stdin: kind, bytes, ended })));
    },
});


/***/ })

};
