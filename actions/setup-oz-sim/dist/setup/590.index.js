export const id = 590;
export const ids = [590];
export const modules = {

/***/ 5209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkScript: () => (/* binding */ checkScript)
});

// EXTERNAL MODULE: ./packages/oz-sim/lib/cli/usage.js
var usage = __webpack_require__(156);
// EXTERNAL MODULE: ./packages/oz-sim/lib/sim-error.js
var sim_error = __webpack_require__(2074);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/steps/registry.js
const STEPS = {
    announce: async () => (await __webpack_require__.e(/* import() */ 35).then(__webpack_require__.bind(__webpack_require__, 8035))).announce,
    artifact: async () => (await __webpack_require__.e(/* import() */ 60).then(__webpack_require__.bind(__webpack_require__, 2060))).artifact,
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
    stdin: async () => (await __webpack_require__.e(/* import() */ 209).then(__webpack_require__.bind(__webpack_require__, 7209))).stdin,
    subagent: async () => (await __webpack_require__.e(/* import() */ 227).then(__webpack_require__.bind(__webpack_require__, 3227))).subagent,
    todos: async () => (await __webpack_require__.e(/* import() */ 735).then(__webpack_require__.bind(__webpack_require__, 7735))).todos,
    tool: async () => (await __webpack_require__.e(/* import() */ 198).then(__webpack_require__.bind(__webpack_require__, 7198))).tool,
    wait: async () => (await __webpack_require__.e(/* import() */ 53).then(__webpack_require__.bind(__webpack_require__, 7053))).wait,
};
const isStepName = (name) => Object.hasOwn(STEPS, name);

// EXTERNAL MODULE: ./packages/oz-sim/lib/steps/step.js
var steps_step = __webpack_require__(2730);
// EXTERNAL MODULE: ./packages/oz-sim/lib/steps/duration.js + 1 modules
var duration = __webpack_require__(7396);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/script/schema.js

const frameSchema = (z) => {
    const failure = z
        .strictObject({
        message: z.string(),
        causes: z.array(z.string()).optional(),
        exit: z.int().min(0).max(255).optional(),
    })
        .describe('Fails: message, causes, exit status (1 by default).');
    const trouble = {
        delay: (0,duration/* duration */.p)(z).optional().describe('Waits first.'),
        hang: z.boolean().optional().describe('`true`: never answers.'),
        fail: failure.optional(),
    };
    const reaction = z
        .union([
        z.enum(['exit-0', 'ignore', 'die']),
        z.strictObject({
            after: (0,duration/* duration */.p)(z).optional().describe('How long winding down takes.'),
            exit: z.int().min(0).max(255).optional().describe('The exit status; 0 by default.'),
            say: z.string().optional().describe('A last message.'),
        }),
    ])
        .optional();
    return z.strictObject({
        description: z.string().optional().describe('For people; ignored.'),
        record: z.string().optional().describe('Folder to record calls in; like `OZ_SIM_RECORD`.'),
        record_env: z.array(z.string()).optional().describe('Further variables whose values are recorded.'),
        accept_key_prefix: z
            .string()
            .optional()
            .describe('Keys that begin otherwise are refused as invalid; `wk-` by default, empty accepts any.'),
        run_id: z.string().optional().describe('The id of the run; a random UUID by default.'),
        conversation_id: z.string().optional().describe('The id of the conversation, where none is continued.'),
        session_url: z.string().optional().describe('The link of a shared session.'),
        start: z
            .enum(['announce', 'silent'])
            .optional()
            .describe('`silent`: no run, conversation or session is reported before the first step.'),
        on_sigterm: reaction.describe('What SIGTERM does: `exit-0` (as the real CLI; default), `ignore`, `die` of it, or wind down in a given time.'),
        on_sigint: reaction.describe('The same for SIGINT.'),
        version: z
            .strictObject({ ...trouble, text: z.string().optional().describe('What `--version` prints.') })
            .optional()
            .describe('`oz --version`.'),
        whoami: z
            .strictObject({
            ...trouble,
            user: z.looseObject({ uid: z.string(), type: z.enum(['user', 'service_account']) }).optional(),
        })
            .optional()
            .describe('`oz whoami`; a service account by default.'),
        cloud: z
            .strictObject({
            ...trouble,
            states: z
                .array(z.string())
                .min(1)
                .optional()
                .describe('States that `run get` answers, one a call; the last stays.'),
            printed: z.array(z.string()).optional().describe('States that `agent run-cloud` itself prints.'),
            notice: z.string().optional().describe('A line about capacity.'),
            error: z
                .string()
                .optional()
                .describe('Text of the `Error:` line, and of the status message of the run.'),
            run: z.looseObject({}).optional().describe('Further keys of the run object of `run get`.'),
        })
            .optional()
            .describe('`oz agent run-cloud` and the run that it starts.'),
        run_get: z.strictObject(trouble).optional().describe('Trouble of `oz run get`.'),
        report_shutdown: z
            .strictObject(trouble)
            .optional()
            .describe('Trouble of `oz harness-support report-shutdown`.'),
        lists: z
            .record(z.string(), z.array(z.looseObject({ id: z.string() })))
            .optional()
            .describe('What `model list`, `agent list` and `environment list` show, by their first word.'),
        steps: z.array(z.unknown()).optional().describe('What `oz agent run` does, in order.'),
    });
};

// EXTERNAL MODULE: ./node_modules/.pnpm/zod@4.6.7/node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(3653);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/script/zod.js

const zod = {
    array: schemas/* array */.YOg,
    boolean: schemas/* boolean */.zMY,
    enum: schemas/* enum */.k5n,
    int: schemas/* int */.Whr,
    looseObject: schemas/* looseObject */._H3,
    number: schemas/* number */.aig,
    record: schemas/* record */.g1P,
    strictObject: schemas/* strictObject */.rej,
    string: schemas/* string */.YjP,
    union: schemas/* union */.KCZ,
    unknown: schemas/* unknown */.L5J,
};

;// CONCATENATED MODULE: ./packages/oz-sim/lib/script/check.js






async function checkScript(value, origin) {
    const frame = frameSchema(zod).safeParse(value);
    const problems = frame.success ? [] : frame.error.issues.map((issue) => line(issue));
    const steps = typeof value === 'object' && value !== null && 'steps' in value ? value.steps : undefined;
    if (Array.isArray(steps)) {
        for (const [index, step] of steps.entries())
            problems.push(...(await stepProblems(step, index)));
    }
    if (problems.length === 0)
        return value;
    throw new sim_error/* SimError */.W(`the script from ${origin} is not valid:\n${problems.map((text) => `  - ${text}`).join('\n')}`);
}
async function stepProblems(step, index) {
    const at = ['steps', index];
    const keys = typeof step === 'object' && step !== null ? Object.keys(step) : [];
    const [name] = keys;
    if (name === undefined || keys.length > 1) {
        return [line({ path: at, message: 'expected one step, such as {message: Hello}' })];
    }
    if (!isStepName(name)) {
        const near = (0,usage/* nearest */.pA)(name, Object.keys(STEPS));
        const help = near ? `did you mean '${near}'?` : `known steps: ${Object.keys(STEPS).join(', ')}`;
        return [line({ path: [...at, name], message: `no such step; ${help}` })];
    }
    const kind = await STEPS[name]();
    const input = (0,steps_step/* stepInput */.r)(kind, step[name]);
    const checked = kind.schema(zod).safeParse(input);
    return checked.success
        ? []
        : checked.error.issues.map((issue) => line({ ...issue, path: [...at, name, ...issue.path] }));
}
function line({ path, message }) {
    const where = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    return `${where.replace(/^\./, '') || 'the whole'}: ${message}`;
}


/***/ }),

/***/ 7396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  p: () => (/* binding */ duration),
  G: () => (/* binding */ toMs)
});

;// CONCATENATED MODULE: ./packages/oz-sim/lib/cli/values/duration.js
const UNITS = {
    ms: 1,
    s: 1000,
    sec: 1000,
    m: 60_000,
    min: 60_000,
    h: 3_600_000,
    hr: 3_600_000,
    d: 86_400_000,
};
function durationMs(value) {
    if (value.trim() === '0')
        return 0;
    const compact = value.replace(/\s+/g, '');
    if (!/^(\d+[a-z]+)+$/.test(compact))
        return undefined;
    let total = 0;
    for (const [, amount, unit] of compact.matchAll(/(\d+)([a-z]+)/g)) {
        const factor = UNITS[unit ?? ''];
        if (factor === undefined)
            return undefined;
        total += Number(amount) * factor;
    }
    return total;
}
const durationProblem = (value) => durationMs(value) === undefined ? "expected a duration with a unit, such as '30s' or '1m'" : undefined;

;// CONCATENATED MODULE: ./packages/oz-sim/lib/steps/duration.js

const duration = (z) => z.string().regex(/^(\d+(ms|s|m|h))+$|^0$/, "expected a duration such as '250ms', '2s' or '1m'");
const toMs = (value) => value === undefined ? 0 : (durationMs(value) ?? 0);


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
