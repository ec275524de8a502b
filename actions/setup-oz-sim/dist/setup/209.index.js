export const id = 209;
export const ids = [209];
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

/***/ 7209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  stdin: () => (/* binding */ stdin)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/record/descriptor.js

function kindOfDescriptor(fd) {
    try {
        const stat = (0,external_node_fs_.fstatSync)(fd);
        if (stat.isFIFO())
            return 'pipe';
        if (stat.isSocket())
            return 'socket';
        if (stat.isFile())
            return 'file';
        if (!stat.isCharacterDevice())
            return 'other';
        return stat.rdev === (0,external_node_fs_.statSync)('/dev/null', { throwIfNoEntry: false })?.rdev ? 'null-device' : 'terminal';
    }
    catch {
        return 'closed';
    }
}

// EXTERNAL MODULE: ./packages/oz-sim/lib/run/event.js
var run_event = __webpack_require__(1208);
// EXTERNAL MODULE: ./packages/oz-sim/lib/steps/duration.js + 1 modules
var duration = __webpack_require__(7396);
// EXTERNAL MODULE: ./packages/oz-sim/lib/steps/step.js
var step = __webpack_require__(2730);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/steps/stdin.js




const stdin = (0,step/* defineStep */.o)({
    name: 'stdin',
    summary: 'Reads its stdin and says as JSON what it is, how many bytes came, and whether it ended.',
    schema: (z) => z.strictObject({
        within: (0,duration/* duration */.p)(z).optional().describe('How long to wait for its end; `300ms` by default.'),
    }),
    run: async ({ within = '300ms' }, agent) => {
        const kind = kindOfDescriptor(0);
        let bytes = 0;
        const drained = agent.host.drainStdin((count) => {
            bytes += count;
        });
        const ended = await Promise.race([drained.then(() => true), agent.sleep((0,duration/* toMs */.G)(within)).then(() => false)]);
        await agent.emit((0,run_event/* message */.iU)(JSON.stringify({ stdin: kind, bytes, ended })));
    },
});


/***/ })

};
