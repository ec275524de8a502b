export const id = 618;
export const ids = [618];
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

/***/ 8618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   split: () => (/* binding */ split)
/* harmony export */ });
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1208);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5068);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);



const split = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'split',
    summary: 'Says something in writes of a few bytes each, so that reads end inside characters and lines.',
    shorthand: 'text',
    schema: (z) => z.strictObject({
        text: z.string().describe('What the agent says.'),
        every: z.int().positive().optional().describe('Bytes a write; 1 by default.'),
        pause: (0,_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p)(z).optional().describe('Between two writes; `1ms` by default.'),
    }),
    run: async ({ text, every = 1, pause = '1ms' }, agent) => {
        const line = Buffer.from(agent.render((0,_run_event_js__WEBPACK_IMPORTED_MODULE_2__/* .message */ .iU)(text)));
        for (let from = 0; from < line.length; from += every) {
            await agent.write(line.subarray(from, from + every));
            await agent.sleep((0,_duration_js__WEBPACK_IMPORTED_MODULE_1__.toMs)(pause));
        }
    },
});


/***/ })

};
