export const id = 78;
export const ids = [78];
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

/***/ 9078:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   artifact: () => (/* binding */ artifact)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1208);
/* harmony import */ var _run_random_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6979);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2730);





const artifact = (0,_step_js__WEBPACK_IMPORTED_MODULE_2__/* .defineStep */ .o)({
    name: 'artifact',
    summary: 'Reports an artifact: one or more of a pull request, a plan, a screenshot, a file.',
    schema: (z) => z.strictObject({
        pull_request: z
            .strictObject({ url: z.string(), branch: z.string() })
            .optional()
            .describe('A pull request.'),
        plan: z
            .strictObject({
            title: z.string(),
            document_id: z.string().optional(),
            notebook_link: z.string().optional(),
        })
            .optional()
            .describe('A plan.'),
        screenshot: z
            .strictObject({ description: z.string(), mime_type: z.string().optional() })
            .optional()
            .describe('A screenshot.'),
        file: z
            .strictObject({
            path: z.string(),
            description: z.string().optional(),
            mime_type: z.string().optional(),
        })
            .optional()
            .describe('A file of the working folder, uploaded with `upload_artifact`; its real size is reported.'),
    }),
    run: async ({ pull_request, plan, screenshot, file }, agent) => {
        if (pull_request)
            await created(agent, 'pull_request', pull_request);
        if (plan) {
            const document_id = plan.document_id ?? (0,_run_random_id_js__WEBPACK_IMPORTED_MODULE_3__/* .randomId */ .z)();
            const notebook_link = plan.notebook_link ?? `https://app.warp.dev/drive/notebook/${document_id}`;
            await created(agent, 'plan', { document_id, notebook_link, title: plan.title });
        }
        if (screenshot) {
            const { description, mime_type = 'image/png' } = screenshot;
            await created(agent, 'screenshot', { artifact_uid: (0,_run_random_id_js__WEBPACK_IMPORTED_MODULE_3__/* .randomId */ .z)(), mime_type, description });
        }
        if (file)
            await upload(agent, file.path, file.description ?? '', file.mime_type ?? 'text/plain');
    },
});
const created = (agent, type, keys) => agent.emit({ type: 'artifact_created', artifact_type: type, ...keys });
async function upload(agent, filepath, description, mime_type) {
    await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_4__/* .toolCall */ .LW)('upload_artifact', { path: filepath, description }));
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(agent.cwd, filepath)).catch(() => undefined);
    if (!found)
        return agent.emit({ type: 'tool_error', error: `No such file: ${filepath}` });
    const uploaded = { artifact_uid: (0,_run_random_id_js__WEBPACK_IMPORTED_MODULE_3__/* .randomId */ .z)(), filepath, mime_type, description, size_bytes: found.size };
    await agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_4__/* .toolResult */ .G$)('upload_artifact', uploaded));
    await created(agent, 'file', { ...uploaded, filename: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(filepath) });
}


/***/ })

};
