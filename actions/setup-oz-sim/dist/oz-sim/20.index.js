export const id = 20;
export const ids = [20];
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

/***/ 4020:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  edit: () => (/* binding */ edit)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/oz-sim/lib/run/event.js
var run_event = __webpack_require__(1208);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/steps/diff.js
const CONTEXT = 3;
function diff(path, before, after) {
    const a = lines(before);
    const b = lines(after);
    let head = 0;
    while (head < a.length && head < b.length && a[head] === b[head])
        head++;
    let tail = 0;
    while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail))
        tail++;
    if (head === a.length && head === b.length)
        return '';
    const start = Math.max(0, head - CONTEXT);
    const body = [
        ...a.slice(start, head).map((line) => ` ${line}`),
        ...a.slice(head, a.length - tail).map((line) => `-${line}`),
        ...b.slice(head, b.length - tail).map((line) => `+${line}`),
        ...a.slice(a.length - tail, a.length - tail + CONTEXT).map((line) => ` ${line}`),
    ];
    const count = (mark) => body.filter((line) => line[0] === ' ' || line[0] === mark).length;
    const range = (size) => `${size === 0 ? 0 : start + 1},${size}`;
    const header = [
        `--- ${before === undefined ? '/dev/null' : `a/${path}`}`,
        `+++ ${after === undefined ? '/dev/null' : `b/${path}`}`,
        `@@ -${range(count('-'))} +${range(count('+'))} @@`,
    ];
    return `${[...header, ...body].join('\n')}\n`;
}
function lines(text) {
    if (!text)
        return [];
    return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

// EXTERNAL MODULE: ./packages/oz-sim/lib/steps/step.js
var step = __webpack_require__(2730);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/steps/edit.js





const edit = (0,step/* defineStep */.o)({
    name: 'edit',
    summary: 'Really creates, changes or deletes a file under the working folder and reports the diff.',
    schema: (z) => z.strictObject({
        path: z.string().min(1).describe('The file, relative to the working folder.'),
        title: z.string().optional().describe('Title of the edit.'),
        content: z.string().optional().describe('The whole new content.'),
        append: z.string().optional().describe('Text to add at the end.'),
        find: z.string().optional().describe('Text to replace (first occurrence); must be there.'),
        replace: z.string().optional().describe('What stands instead of `find`.'),
        delete: z.boolean().optional().describe('`true` deletes the file.'),
    }),
    run: async (input, agent) => {
        const { path } = input;
        const file = (0,external_node_path_.resolve)(agent.cwd, path);
        await agent.emit((0,run_event/* toolCall */.LW)('edit_files', { title: input.title ?? `Edit ${path}`, file_paths: [path] }));
        const before = await (0,promises_.readFile)(file, 'utf8').catch(() => undefined);
        if (input.find !== undefined && !before?.includes(input.find)) {
            return agent.emit({
                type: 'tool_error',
                error: `Could not apply the edit: ${path} does not hold the text`,
            });
        }
        const after = input.delete ? undefined : edited(before ?? '', input);
        if (after === undefined)
            await (0,promises_.rm)(file, { force: true });
        else {
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true });
            await (0,promises_.writeFile)(file, after);
        }
        await agent.emit((0,run_event/* toolResult */.G$)('edit_files', { diff: diff(path, before, after) }));
    },
});
function edited(before, how) {
    const base = how.content ?? before;
    const { find, replace = '' } = how;
    return (find === undefined ? base : base.replace(find, () => replace)) + (how.append ?? '');
}


/***/ })

};
