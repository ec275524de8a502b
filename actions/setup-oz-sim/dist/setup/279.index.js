export const id = 279;
export const ids = [279];
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

/***/ 5279:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   leak: () => (/* binding */ leak)
/* harmony export */ });
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1208);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);


const FORMS = ['plain', 'base64', 'url', 'json', 'hex', 'split', 'stderr', 'command'];
const leak = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'leak',
    summary: 'Says the value of a variable of its environment in several encodings and across two writes.',
    shorthand: 'variable',
    schema: (z) => z.strictObject({
        variable: z.string().optional().describe('Which one; `WARP_API_KEY` by default.'),
        forms: z
            .array(z.enum(FORMS))
            .optional()
            .describe(`How; all by default: ${FORMS.map((form) => `\`${form}\``).join(', ')}.`),
    }),
    run: async ({ variable = 'WARP_API_KEY', forms = FORMS }, agent) => {
        const secret = agent.host.env[variable];
        if (!secret)
            return agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_1__/* .message */ .iU)(`${variable} is not set`));
        for (const form of forms)
            await WAYS[form](secret, agent);
    },
});
const say = (encode) => (secret, agent) => agent.emit((0,_run_event_js__WEBPACK_IMPORTED_MODULE_1__/* .message */ .iU)(`The key: ${encode(secret)}`));
const WAYS = {
    plain: say((secret) => secret),
    base64: say((secret) => Buffer.from(secret).toString('base64')),
    url: say(encodeURIComponent),
    json: say((secret) => JSON.stringify(secret)),
    hex: say((secret) => Buffer.from(secret).toString('hex')),
    split: async (secret, agent) => {
        const line = agent.render((0,_run_event_js__WEBPACK_IMPORTED_MODULE_1__/* .message */ .iU)(`The key: ${secret}`));
        const middle = Math.max(1, line.indexOf(secret)) + Math.ceil(secret.length / 2);
        await agent.write(line.slice(0, middle));
        await agent.sleep(20);
        await agent.write(line.slice(middle));
    },
    stderr: (secret, agent) => agent.error(`key=${secret}\n`),
    command: (secret, agent) => agent.emit({ type: 'tool_call', tool: 'run_command', command: `echo '${secret}'` }),
};


/***/ })

};
