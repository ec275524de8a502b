export const id = 663;
export const ids = [663];
export const modules = {

/***/ 9663:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   failures: () => (/* binding */ failures)
/* harmony export */ });
const failures = {
    'temporary-429': {
        description: 'Too many requests.',
        steps: [
            {
                fatal: {
                    message: 'Failed to start the agent',
                    causes: [
                        'request failed with status 429 Too Many Requests',
                        'rate limit exceeded, retry after 30 seconds',
                    ],
                },
            },
        ],
        start: 'silent',
    },
    'temporary-503': {
        description: 'The service is unavailable.',
        steps: [
            {
                fatal: {
                    message: 'Failed to start the agent',
                    causes: ['request failed with status 503 Service Unavailable'],
                },
            },
        ],
        start: 'silent',
    },
    'temporary-network': {
        description: 'The service cannot be reached.',
        steps: [
            {
                fatal: {
                    message: 'Failed to start the agent',
                    causes: [
                        'error sending request for url (https://app.warp.dev/)',
                        'connection reset by peer (os error 104)',
                    ],
                },
            },
        ],
        start: 'silent',
    },
    credits: {
        description: 'Credits are used up.',
        steps: [
            {
                fatal: {
                    message: 'The run was refused',
                    causes: [
                        'insufficient credits: the team has used up its AI credits (error code insufficient-credits)',
                    ],
                },
            },
        ],
    },
    'invalid-key': {
        description: 'No key is accepted.',
        accept_key_prefix: 'no key begins so',
    },
    'shutdown-fails': {
        description: 'The run works; report-shutdown fails.',
        report_shutdown: { fail: { message: 'Failed to report the shutdown', causes: ['status 500'] } },
        steps: [{ message: 'All done.' }],
    },
    'shutdown-hangs': {
        description: 'The run works; report-shutdown never answers.',
        report_shutdown: { hang: true },
        steps: [{ message: 'All done.' }],
    },
};


/***/ })

};
