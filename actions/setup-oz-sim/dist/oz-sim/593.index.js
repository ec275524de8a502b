export const id = 593;
export const ids = [593];
export const modules = {

/***/ 5593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   spawn: () => (/* binding */ spawn)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5068);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2730);





const spawn = (0,_step_js__WEBPACK_IMPORTED_MODULE_3__/* .defineStep */ .o)({
    name: 'spawn',
    summary: 'Leaves a process behind that outlives the agent.',
    schema: (z) => z.strictObject({
        detached: z
            .boolean()
            .optional()
            .describe('`true`: in a session of its own (setsid), out of the process group.'),
        holds_stdout: z.boolean().optional().describe('`true`: keeps the stdout of the agent open.'),
        ignores_sigterm: z.boolean().optional().describe('`true`: only SIGKILL ends it.'),
        for: (0,_duration_js__WEBPACK_IMPORTED_MODULE_4__/* .duration */ .p)(z).optional().describe('How long it lives; `1m` by default.'),
        pid_file: z
            .string()
            .optional()
            .describe('File of the working folder that gets its process id, a line each.'),
    }),
    run: async (input, agent) => {
        const seconds = Math.max(1, Math.ceil((0,_duration_js__WEBPACK_IMPORTED_MODULE_4__.toMs)(input.for ?? '1m') / 1000));
        const trap = input.ignores_sigterm ? "trap '' TERM INT HUP; " : '';
        const output = input.holds_stdout ? 'inherit' : 'ignore';
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('sh', ['-c', `${trap}exec sleep ${seconds}`], {
            cwd: agent.cwd,
            detached: input.detached ?? false,
            env: { ...agent.host.env },
            stdio: ['ignore', output, 'ignore'],
        });
        child.unref();
        if (input.pid_file)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.appendFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(agent.cwd, input.pid_file), `${child.pid}\n`);
    },
});


/***/ })

};
