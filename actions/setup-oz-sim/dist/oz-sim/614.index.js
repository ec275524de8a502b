export const id = 614;
export const ids = [614];
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

/***/ 1614:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dump: () => (/* binding */ dump)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1208);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2730);




const dump = (0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .defineStep */ .o)({
    name: 'dump',
    summary: 'Gives away its own environment and arguments, as an injected agent would.',
    schema: (z) => z.strictObject({
        to: z.enum(['file', 'message', 'stdout', 'stderr']).describe('Where.'),
        path: z
            .string()
            .optional()
            .describe('The file, relative to the working folder; `oz-sim-dump.json` by default.'),
    }),
    run: async ({ to, path = 'oz-sim-dump.json' }, agent) => {
        const { executable, args, env } = agent.host;
        const content = JSON.stringify({ argv: [executable, ...args], env, cwd: agent.cwd }, null, 2);
        if (to === 'file')
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(agent.cwd, path), `${content}\n`);
        else if (to === 'message')
            await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_3__/* .message */ .iU)(content));
        else if (to === 'stdout')
            await agent.write(`${content}\n`);
        else
            await agent.error(`${content}\n`);
    },
});


/***/ })

};
