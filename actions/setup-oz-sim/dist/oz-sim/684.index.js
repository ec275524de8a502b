export const id = 684;
export const ids = [684];
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

/***/ 7684:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   read: () => (/* binding */ read)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1208);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2730);




const read = (0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .defineStep */ .o)({
    name: 'read',
    summary: 'Reads files of the working folder; those that are not there are reported as failed.',
    shorthand: 'files',
    schema: (z) => z.strictObject({
        files: z.array(z.string()).describe('The files, relative to the working folder.'),
        lines: z
            .strictObject({ start: z.int(), end: z.int() })
            .optional()
            .describe('The range of lines that the agent asks for.'),
    }),
    run: async ({ files, lines }, agent) => {
        const asked = files.map((path) => ({ path, ...(lines ? { lines: [lines] } : {}) }));
        await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_3__/* .toolCall */ .LW)('read_files', { files: asked }));
        const there = await Promise.all(files.map((path) => exists((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(agent.cwd, path))));
        const failed = files.filter((_, index) => !there[index]);
        await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_3__/* .toolResult */ .G$)('read_files', {
            files: asked.filter((_, index) => there[index]),
            ...(failed.length > 0 ? { failed_files: failed } : {}),
        }));
    },
});
const exists = (path) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(path).then(() => true, () => false);


/***/ })

};
