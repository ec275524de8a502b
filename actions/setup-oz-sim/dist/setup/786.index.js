export const id = 786;
export const ids = [786];
export const modules = {

/***/ 5786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   endings: () => (/* binding */ endings)
/* harmony export */ });
const starts = { message: 'I am on it.' };
const endings = {
    'no-output': { description: 'Ends with 0 and says nothing.', steps: [] },
    'agent-error': {
        description: 'Ends with a fatal error after some work.',
        steps: [
            starts,
            { fatal: { message: 'The agent could not go on', causes: ['the model gave no answer'] } },
        ],
    },
    'crash-signal': { description: 'Dies of SIGSEGV.', steps: [starts, { crash: 'SIGSEGV' }] },
    'hang-start': { description: 'Hangs before its first event.', start: 'silent', steps: [{ hang: {} }] },
    'hang-mid': { description: 'Hangs after some work.', steps: [starts, { hang: {} }] },
    'ignore-sigterm': {
        description: 'Hangs and hears neither SIGTERM nor SIGINT.',
        on_sigterm: 'ignore',
        on_sigint: 'ignore',
        steps: [starts, { hang: {} }],
    },
    'sigterm-exit-0': {
        description: 'Works until SIGTERM or SIGINT, then winds down and exits 0, as the real CLI does.',
        on_sigterm: { say: 'Stopping as asked.' },
        on_sigint: { say: 'Stopping as asked.' },
        steps: [starts, { hang: {} }],
    },
    'slow-wind-down': {
        description: 'Takes five seconds to wind down.',
        on_sigterm: { after: '5s', say: 'Stopping as asked.' },
        on_sigint: { after: '5s', say: 'Stopping as asked.' },
        steps: [starts, { hang: {} }],
    },
    grandchildren: {
        description: 'Leaves a process of its group behind that holds stdout open.',
        steps: [
            { spawn: { holds_stdout: true, for: '5m', pid_file: 'oz-grandchild.pid' } },
            { message: 'All done.' },
        ],
    },
    'detached-grandchild': {
        description: 'Leaves a process of a session of its own behind that holds stdout open and ignores SIGTERM.',
        steps: [
            {
                spawn: {
                    detached: true,
                    holds_stdout: true,
                    ignores_sigterm: true,
                    for: '5m',
                    pid_file: 'oz-grandchild.pid',
                },
            },
            { message: 'All done.' },
        ],
    },
};


/***/ })

};
