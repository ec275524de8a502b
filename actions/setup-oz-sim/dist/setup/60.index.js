export const id = 60;
export const ids = [60];
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

/***/ 2060:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  artifact: () => (/* binding */ artifact)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/oz-sim/lib/run/event.js
var run_event = __webpack_require__(1208);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/run/random-id.js
function randomId() {
    return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) => (Number(digit) ^ (Math.floor(Math.random() * 16) >> (Number(digit) / 4))).toString(16));
}

// EXTERNAL MODULE: ./packages/oz-sim/lib/steps/step.js
var step = __webpack_require__(2730);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/steps/artifact.js





const artifact = (0,step/* defineStep */.o)({
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
            const document_id = plan.document_id ?? randomId();
            const notebook_link = plan.notebook_link ?? `https://app.warp.dev/drive/notebook/${document_id}`;
            await created(agent, 'plan', { document_id, notebook_link, title: plan.title });
        }
        if (screenshot) {
            const { description, mime_type = 'image/png' } = screenshot;
            await created(agent, 'screenshot', { artifact_uid: randomId(), mime_type, description });
        }
        if (file)
            await upload(agent, file.path, file.description ?? '', file.mime_type ?? 'text/plain');
    },
});
const created = (agent, type, keys) => agent.emit({ type: 'artifact_created', artifact_type: type, ...keys });
async function upload(agent, filepath, description, mime_type) {
    await agent.emit((0,run_event/* toolCall */.LW)('upload_artifact', { path: filepath, description }));
    const found = await (0,promises_.stat)((0,external_node_path_.resolve)(agent.cwd, filepath)).catch(() => undefined);
    if (!found)
        return agent.emit({ type: 'tool_error', error: `No such file: ${filepath}` });
    const uploaded = { artifact_uid: randomId(), filepath, mime_type, description, size_bytes: found.size };
    await agent.emit((0,run_event/* toolResult */.G$)('upload_artifact', uploaded));
    await created(agent, 'file', { ...uploaded, filename: (0,external_node_path_.basename)(filepath) });
}


/***/ })

};
