export const id = 521;
export const ids = [521,68];
export const modules = {

/***/ 2521:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  agentRun: () => (/* binding */ agentRun)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/oz-sim/lib/cli/invocation.js
var invocation = __webpack_require__(6809);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/run/prose.js
function prose(event) {
    const text = (key) => String(event[key] ?? '');
    switch (event.type) {
        case 'system':
            return system(event);
        case 'agent':
            return text('text');
        case 'agent_reasoning':
            return `Thinking: ${text('text')}`;
        case 'tool_call':
            return call(event);
        case 'tool_result':
            return result(event);
        case 'tool_error':
            return `Tool failed: ${text('error')}`;
        case 'tool_canceled':
            return 'Tool canceled';
        case 'update_todos':
            return `To do:\n${list(event.todo_list)}`;
        case 'complete_todos':
            return `Done:\n${list(event.completed_todos)}`;
        case 'artifact_created':
            return artifact(event);
        case 'num_comments_addressed':
            return `Comments addressed: ${Array.isArray(event.addressed_comments) ? event.addressed_comments.length : 0}`;
        case 'Subagent':
            return `Started subagent: ${text('task_id')}`;
        case 'SkillInvoked':
            return `Using skill: ${text('name')}`;
        default:
            return undefined;
    }
}
function system(event) {
    switch (event.event_type) {
        case 'run_started':
            return `Run ID: ${event.run_id}\nOpen in Oz: ${event.run_url}`;
        case 'conversation_started':
            return `New conversation started with debug ID: ${event.conversation_id}`;
        case 'shared_session_established':
            return `Sharing session at: ${event.join_url}`;
        default:
            return undefined;
    }
}
function call(event) {
    const { type: _type, tool, ...input } = event;
    if (tool === 'run_command')
        return `Running command: ${input.command}`;
    if (tool === 'edit_files')
        return `Editing files: ${[input.file_paths].flat().join(', ')}`;
    return `Calling tool ${tool}: ${JSON.stringify(input)}`;
}
function result(event) {
    const { type: _type, tool, ...output } = event;
    if (tool === 'run_command' && output.status === 'complete') {
        return `Command exited with ${output.exit_code}\n${output.output}`.trimEnd();
    }
    if (tool === 'edit_files')
        return String(output.diff).trimEnd();
    return `Result of ${tool}: ${JSON.stringify(output)}`;
}
function artifact(event) {
    const name = event.url ?? event.notebook_link ?? event.filepath ?? event.artifact_uid;
    return `Created ${String(event.artifact_type).replace('_', ' ')}: ${name}`;
}
function list(items) {
    if (!Array.isArray(items))
        return '';
    return items.map((item) => `- ${typeof item === 'object' && item !== null ? item.title : item}`).join('\n');
}

;// CONCATENATED MODULE: ./packages/oz-sim/lib/run/agent.js

class Agent {
    host;
    format;
    cwd;
    ids;
    stopping;
    constructor(parts) {
        this.host = parts.host;
        this.format = parts.format;
        this.cwd = parts.cwd;
        this.ids = parts.ids;
        this.stopping = parts.stopping;
    }
    render(event) {
        if (this.format === 'json' || this.format === 'ndjson')
            return `${JSON.stringify(event)}\n`;
        const text = prose(event);
        return text === undefined ? '' : `${text}\n`;
    }
    emit(event) {
        return this.write(this.render(event));
    }
    async write(bytes) {
        if (this.stopping.aborted)
            return new Promise(() => { });
        await this.host.stdout.write(bytes);
    }
    error(text) {
        return this.host.stderr.write(text);
    }
    sleep(ms) {
        return this.host.sleep(ms);
    }
}

// EXTERNAL MODULE: ./packages/oz-sim/lib/run/ending.js
var ending = __webpack_require__(4637);
// EXTERNAL MODULE: ./packages/oz-sim/lib/run/event.js
var run_event = __webpack_require__(1208);
// EXTERNAL MODULE: ./packages/oz-sim/lib/steps/registry.js
var registry = __webpack_require__(9715);
// EXTERNAL MODULE: ./packages/oz-sim/lib/steps/step.js
var steps_step = __webpack_require__(2730);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/run/play.js



async function play(script, agent) {
    try {
        for (const step of script.steps ?? []) {
            for (const [name, input] of Object.entries(step)) {
                const kind = await registry/* STEPS */.U[name]();
                await kind.run((0,steps_step/* stepInput */.r)(kind, input), agent);
            }
        }
        return { kind: 'exit', code: 0 };
    }
    catch (error) {
        if (error instanceof ending/* RunEnded */.Q)
            return error.ending;
        throw error;
    }
}

// EXTERNAL MODULE: ./packages/oz-sim/lib/run/random-id.js
var random_id = __webpack_require__(6979);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/run/wind-down.js
const DEADLINE_MARGIN_MS = 300_000;
function toldToStop(host, script, heard) {
    return new Promise((resolve) => {
        const listen = (why, reaction) => {
            if (reaction === 'die')
                return;
            host.onSignal(why, () => {
                heard(why);
                if (reaction !== 'ignore')
                    resolve({ why, reaction: reaction === 'exit-0' ? {} : reaction });
            });
        };
        listen('SIGTERM', script.on_sigterm ?? 'exit-0');
        listen('SIGINT', script.on_sigint ?? 'exit-0');
        const deadline = Number(host.env.WARP_SANDBOX_DEADLINE);
        if (deadline > 0) {
            void host
                .sleep(Math.max(0, deadline * 1000 - DEADLINE_MARGIN_MS - host.now()))
                .then(() => resolve({ why: 'deadline', reaction: { say: 'Stopping: the time of the sandbox is up.' } }));
        }
    });
}

// EXTERNAL MODULE: ./packages/oz-sim/lib/steps/duration.js
var duration = __webpack_require__(5068);
// EXTERNAL MODULE: ./packages/oz-sim/lib/commands/context.js
var commands_context = __webpack_require__(3462);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/commands/agent-run.js











async function agentRun(context) {
    const { host, call, script, heard } = context;
    const stopping = new AbortController();
    const stop = toldToStop(host, script, heard);
    const cwd = workingFolder(context);
    const file = (0,invocation/* optionValue */.TN)(call, 'file');
    if (file !== undefined)
        await (await __webpack_require__.e(/* import() */ 118).then(__webpack_require__.bind(__webpack_require__, 3118))).readConfigFile((0,external_node_path_.resolve)(host.cwd, file));
    for (const spec of (0,invocation/* optionValues */.ib)(call, 'mcp'))
        (await __webpack_require__.e(/* import() */ 748).then(__webpack_require__.bind(__webpack_require__, 6748))).checkMcpFile(spec, host.cwd);
    (0,commands_context/* requireKey */.XK)(context);
    const agent = new Agent({ host, format: (0,commands_context/* formatOf */.be)(call), cwd, ids: ids(context), stopping: stopping.signal });
    const end = await Promise.race([live(context, agent), stop]);
    if ('kind' in end)
        return end;
    stopping.abort();
    return windDown(end, agent);
}
async function live(context, agent) {
    const { call, script } = context;
    if (script.start !== 'silent') {
        await agent.emit((0,run_event/* runStarted */.dj)(agent.ids.run));
        await agent.emit((0,run_event/* conversationStarted */.td)(agent.ids.conversation));
        if ((0,invocation/* has */.zy)(call, 'share'))
            await agent.emit((0,run_event/* sessionShared */.Kj)(agent.ids.session));
    }
    const ending = await play(script, agent);
    if (ending.kind === 'exit' && (0,invocation/* has */.zy)(call, 'idle-on-complete')) {
        await agent.sleep((0,duration.toMs)((0,invocation/* optionValue */.TN)(call, 'idle-on-complete') ?? '45m'));
    }
    if (ending.kind === 'fatal' && (0,invocation/* has */.zy)(call, 'idle-on-fail')) {
        await agent.sleep((0,duration.toMs)((0,invocation/* optionValue */.TN)(call, 'idle-on-fail') ?? '15m'));
    }
    return ending;
}
async function windDown({ reaction }, agent) {
    await agent.sleep((0,duration.toMs)(reaction.after));
    if (reaction.say)
        await agent.host.stdout.write(agent.render((0,run_event/* message */.iU)(reaction.say)));
    return { kind: 'exit', code: reaction.exit ?? 0 };
}
function workingFolder({ host, call }) {
    const given = (0,invocation/* optionValue */.TN)(call, 'cwd');
    const folder = (0,external_node_path_.resolve)(host.cwd, given ?? '.');
    const isFolder = (0,external_node_fs_.statSync)(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (!isFolder)
        throw (0,ending/* fatal */.h)(`Could not change to the folder '${given}'`, ['No such file or directory (os error 2)']);
    return folder;
}
const ids = ({ call, script, runId }) => ({
    run: runId,
    conversation: (0,invocation/* optionValue */.TN)(call, 'conversation') ?? script.conversation_id ?? (0,random_id/* randomId */.z)(),
    session: script.session_url ?? `https://app.warp.dev/session/${(0,random_id/* randomId */.z)()}`,
});


/***/ }),

/***/ 3462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fh: () => (/* binding */ isJson),
/* harmony export */   X0: () => (/* binding */ undergo),
/* harmony export */   XK: () => (/* binding */ requireKey),
/* harmony export */   be: () => (/* binding */ formatOf)
/* harmony export */ });
/* harmony import */ var _cli_invocation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6809);
/* harmony import */ var _run_ending_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4637);


const formatOf = (call) => (0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_0__/* .optionValue */ .TN)(call, 'output-format') ?? 'pretty';
const isJson = (call) => ['json', 'ndjson'].includes(formatOf(call));
function requireKey({ call, script }) {
    const key = (0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_0__/* .optionValue */ .TN)(call, 'api-key');
    if (!key)
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .fatal */ .h)('Not logged in: no API key was given', [
            'set WARP_API_KEY, or create a key in the settings of Warp',
        ]);
    if (key.startsWith('wk-invalid') || !key.startsWith(script.accept_key_prefix ?? 'wk-')) {
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .fatal */ .h)('The API key is invalid', ['the server answered 401 Unauthorized']);
    }
}
async function undergo(trouble, host) {
    const { toMs } = await __webpack_require__.e(/* import() */ 68).then(__webpack_require__.bind(__webpack_require__, 5068));
    if (trouble?.delay)
        await host.sleep(toMs(trouble.delay));
    while (trouble?.hang)
        await host.sleep(3_600_000);
    if (trouble?.fail)
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .fatal */ .h)(trouble.fail.message, trouble.fail.causes, trouble.fail.exit);
}


/***/ }),

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

/***/ 5068:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ duration),
/* harmony export */   toMs: () => (/* binding */ toMs)
/* harmony export */ });
/* harmony import */ var _cli_values_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1612);

const duration = (z) => z.string().regex(/^(\d+(ms|s|m|h))+$|^0$/, "expected a duration such as '250ms', '2s' or '1m'");
const toMs = (value) => value === undefined ? 0 : ((0,_cli_values_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .durationMs */ .p)(value) ?? 0);


/***/ }),

/***/ 9715:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ STEPS),
/* harmony export */   g: () => (/* binding */ isStepName)
/* harmony export */ });
const STEPS = {
    announce: async () => (await __webpack_require__.e(/* import() */ 35).then(__webpack_require__.bind(__webpack_require__, 8035))).announce,
    artifact: async () => (await __webpack_require__.e(/* import() */ 78).then(__webpack_require__.bind(__webpack_require__, 9078))).artifact,
    bytes: async () => (await __webpack_require__.e(/* import() */ 409).then(__webpack_require__.bind(__webpack_require__, 4409))).bytes,
    comments_addressed: async () => (await __webpack_require__.e(/* import() */ 506).then(__webpack_require__.bind(__webpack_require__, 3506))).commentsAddressed,
    complete_todos: async () => (await __webpack_require__.e(/* import() */ 907).then(__webpack_require__.bind(__webpack_require__, 4907))).completeTodos,
    crash: async () => (await __webpack_require__.e(/* import() */ 673).then(__webpack_require__.bind(__webpack_require__, 2673))).crash,
    dump: async () => (await __webpack_require__.e(/* import() */ 614).then(__webpack_require__.bind(__webpack_require__, 1614))).dump,
    edit: async () => (await __webpack_require__.e(/* import() */ 20).then(__webpack_require__.bind(__webpack_require__, 4020))).edit,
    event: async () => (await __webpack_require__.e(/* import() */ 858).then(__webpack_require__.bind(__webpack_require__, 6858))).event,
    exit: async () => (await __webpack_require__.e(/* import() */ 352).then(__webpack_require__.bind(__webpack_require__, 9352))).exit,
    fatal: async () => (await __webpack_require__.e(/* import() */ 900).then(__webpack_require__.bind(__webpack_require__, 8900))).fatal,
    flood: async () => (await __webpack_require__.e(/* import() */ 402).then(__webpack_require__.bind(__webpack_require__, 402))).flood,
    giant_line: async () => (await __webpack_require__.e(/* import() */ 518).then(__webpack_require__.bind(__webpack_require__, 4518))).giantLine,
    hang: async () => (await __webpack_require__.e(/* import() */ 700).then(__webpack_require__.bind(__webpack_require__, 9700))).hang,
    leak: async () => (await __webpack_require__.e(/* import() */ 279).then(__webpack_require__.bind(__webpack_require__, 5279))).leak,
    message: async () => (await __webpack_require__.e(/* import() */ 165).then(__webpack_require__.bind(__webpack_require__, 4165))).message,
    print: async () => (await __webpack_require__.e(/* import() */ 549).then(__webpack_require__.bind(__webpack_require__, 3549))).print,
    read: async () => (await __webpack_require__.e(/* import() */ 684).then(__webpack_require__.bind(__webpack_require__, 7684))).read,
    reasoning: async () => (await __webpack_require__.e(/* import() */ 682).then(__webpack_require__.bind(__webpack_require__, 8682))).reasoning,
    run: async () => (await __webpack_require__.e(/* import() */ 943).then(__webpack_require__.bind(__webpack_require__, 4943))).runCommand,
    skill: async () => (await __webpack_require__.e(/* import() */ 455).then(__webpack_require__.bind(__webpack_require__, 6455))).skill,
    spawn: async () => (await __webpack_require__.e(/* import() */ 593).then(__webpack_require__.bind(__webpack_require__, 5593))).spawn,
    split: async () => (await __webpack_require__.e(/* import() */ 618).then(__webpack_require__.bind(__webpack_require__, 8618))).split,
    stdin: async () => (await __webpack_require__.e(/* import() */ 852).then(__webpack_require__.bind(__webpack_require__, 4852))).stdin,
    subagent: async () => (await __webpack_require__.e(/* import() */ 227).then(__webpack_require__.bind(__webpack_require__, 3227))).subagent,
    todos: async () => (await __webpack_require__.e(/* import() */ 735).then(__webpack_require__.bind(__webpack_require__, 7735))).todos,
    tool: async () => (await __webpack_require__.e(/* import() */ 198).then(__webpack_require__.bind(__webpack_require__, 7198))).tool,
    wait: async () => (await __webpack_require__.e(/* import() */ 53).then(__webpack_require__.bind(__webpack_require__, 7053))).wait,
};
const isStepName = (name) => Object.hasOwn(STEPS, name);


/***/ }),

/***/ 2730:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ defineStep),
/* harmony export */   r: () => (/* binding */ stepInput)
/* harmony export */ });
function defineStep(step) {
    return step;
}
function stepInput(kind, written) {
    if (written === null || written === undefined)
        return {};
    if (typeof written === 'object' && !Array.isArray(written))
        return written;
    return kind.shorthand === undefined ? written : { [kind.shorthand]: written };
}


/***/ })

};
