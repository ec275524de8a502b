export const id = 700;
export const ids = [700];
export const modules = {

/***/ 700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  request: () => (/* binding */ request)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(67);
var external_node_http_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_http_, 2);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(708);
var external_node_https_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_https_, 2);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(692);
;// CONCATENATED MODULE: ./packages/core/lib/http/http-error.js
class HttpError extends Error {
    name = 'HttpError';
    failure;
    status;
    constructor(failure, message, details = {}) {
        super(message, details.cause === undefined ? undefined : { cause: details.cause });
        this.failure = failure;
        this.status = details.status;
    }
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(30);
;// CONCATENATED MODULE: ./packages/core/lib/http/proxy.js

function routeOf(url, env) {
    const scheme = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
    const variable = [scheme, scheme.toUpperCase(), 'all_proxy', 'ALL_PROXY'].find((name) => env[name]?.trim());
    if (variable === undefined || isExempt(url, env.no_proxy?.trim() || env.NO_PROXY || ''))
        return { kind: 'direct' };
    const text = env[variable]?.trim() ?? '';
    const proxy = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    if (proxy === null || proxy.hostname === '')
        return { kind: 'invalid', variable, problem: 'is no URL' };
    if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') {
        return {
            kind: 'invalid',
            variable,
            problem: `names a ${proxy.protocol.slice(0, -1)} proxy; only http and https ones are supported`,
        };
    }
    return { kind: 'proxy', url: proxy, variable };
}
function isExempt(url, list) {
    const host = url.hostname
        .toLowerCase()
        .replace(/^\[|\]$/g, '')
        .replace(/\.$/, '');
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return list.split(/[\s,]+/).some((entry) => entry !== '' && matches(entry.toLowerCase(), host, port));
}
function matches(entry, host, port) {
    if (entry === '*')
        return true;
    if (entry.includes('/'))
        return isInRange(host, entry);
    const [, bracketed, plain, wantedPort] = /^(?:\[([^\]]+)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? [];
    const name = (bracketed ?? plain ?? '').replace(/^\*?\./, '').replace(/\.$/, '');
    if (name === '' || (wantedPort !== undefined && wantedPort !== port))
        return false;
    return host === name || ((0,external_node_net_.isIP)(host) === 0 && host.endsWith(`.${name}`));
}
function isInRange(host, range) {
    const [network = '', bits = ''] = range.split('/');
    const family = (0,external_node_net_.isIP)(network) === 6 ? 'ipv6' : 'ipv4';
    const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if ((0,external_node_net_.isIP)(network) === 0 || (0,external_node_net_.isIP)(host) !== (0,external_node_net_.isIP)(network))
        return false;
    if (prefix < 0 || prefix > (family === 'ipv6' ? 128 : 32))
        return false;
    const ranges = new external_node_net_.BlockList();
    ranges.addSubnet(network, prefix, family);
    return ranges.check(host, family);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(455);
;// CONCATENATED MODULE: ./packages/core/lib/node-ports/certificates.js


const VARIABLES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];
async function readCertificates(env) {
    const extra = [];
    const problems = [];
    for (const variable of VARIABLES) {
        const path = env[variable];
        if (!path)
            continue;
        try {
            const text = await (0,promises_.readFile)(path, 'utf8');
            if (text.includes('-----BEGIN CERTIFICATE-----'))
                extra.push(text);
            else
                problems.push(`${variable} names ${path}, which holds no PEM certificate`);
        }
        catch {
            problems.push(`${variable} names ${path}, which cannot be read`);
        }
    }
    const trusted = () => typeof external_node_tls_.getCACertificates === 'function' ? (0,external_node_tls_.getCACertificates)('default') : external_node_tls_.rootCertificates;
    return { ca: extra.length === 0 ? undefined : [...trusted(), ...extra], problems };
}

;// CONCATENATED MODULE: ./packages/core/lib/node-ports/connect-stage.js



function watchStages(call, url, peer, proxied) {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    let stage = (0,external_node_net_.isIP)(host) === 0 ? 'name' : 'connect';
    if (proxied)
        stage = 'proxy';
    call.on('socket', (socket) => {
        if (proxied) {
            stage = 'tls';
            return;
        }
        socket.once('lookup', (error) => {
            if (error === null)
                stage = 'connect';
        });
        socket.once('connect', () => {
            stage = socket instanceof external_node_tls_.TLSSocket ? 'tls' : 'connect';
        });
    });
    return (seconds) => {
        switch (stage) {
            case 'name':
                return new HttpError('name', `The name of ${peer} was not looked up within ${seconds} s.`);
            case 'proxy':
                return new HttpError('proxy', `No connection to ${peer} came about within ${seconds} s.`);
            case 'connect':
                return new HttpError('connect', `${peer} took no connection within ${seconds} s.`);
            case 'tls':
                return new HttpError('tls', `${peer} took the connection and did not answer in TLS within ${seconds} s.`);
        }
    };
}

;// CONCATENATED MODULE: ./packages/core/lib/node-ports/http-failure.js

const CONNECT = new Set([
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ETIMEDOUT',
    'EADDRNOTAVAIL',
    'ENETDOWN',
]);
const RESET = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);
const NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']);
const TLS = /^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_|CRL_|HOSTNAME_MISMATCH|EPROTO)/;
function failureOf(code) {
    if (NAME.has(code))
        return 'name';
    if (CONNECT.has(code))
        return 'connect';
    if (RESET.has(code))
        return 'reset';
    if (TLS.test(code))
        return 'tls';
    return code.startsWith('HPE_') ? 'protocol' : 'reset';
}
function toHttpError(thrown, peer) {
    if (thrown instanceof HttpError)
        return thrown;
    const error = thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown;
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    const failure = failureOf(code);
    return new HttpError(failure, sentence(failure, peer, code, error), { cause: thrown });
}
function sentence(failure, peer, code, error) {
    const detail = error instanceof Error ? error.message : String(error);
    switch (failure) {
        case 'name':
            return `The name of ${peer} has no address (${code}).`;
        case 'connect':
            return `${peer} takes no connection (${code}).`;
        case 'tls':
            return `${peer} has no certificate that is trusted here, or speaks another TLS (${code}: ${detail}).`;
        case 'protocol':
            return `${peer} did not answer in HTTP (${code}).`;
        default:
            return `The connection to ${peer} broke off (${code || detail}).`;
    }
}

;// CONCATENATED MODULE: ./packages/core/lib/node-ports/time-limit.js
function createLimit(milliseconds, onPassed) {
    let timer;
    const stop = () => {
        clearTimeout(timer);
        timer = undefined;
    };
    return {
        start() {
            stop();
            timer = setTimeout(onPassed, milliseconds);
        },
        stop,
    };
}

;// CONCATENATED MODULE: ./packages/core/lib/node-ports/http-body.js



function readBody(message, terms) {
    const chunks = message[Symbol.asyncIterator]();
    message.on('error', () => undefined);
    const stalling = createLimit(terms.stallSeconds * 1000, () => {
        message.destroy(new HttpError('stall', `${terms.peer} sent nothing for ${terms.stallSeconds} s.`));
    });
    return {
        [Symbol.asyncIterator]() {
            return this;
        },
        async next() {
            stalling.start();
            try {
                const chunk = await chunks.next();
                return chunk.done ? { done: true, value: undefined } : chunk;
            }
            catch (error) {
                if (!terms.signal?.aborted)
                    throw toHttpError(error, terms.peer);
                throw new HttpError('aborted', `The request to ${terms.peer} was given up.`, { cause: error });
            }
            finally {
                stalling.stop();
            }
        },
        async return() {
            message.destroy();
            return { done: true, value: undefined };
        },
    };
}

;// CONCATENATED MODULE: ./packages/core/lib/node-ports/http.js










const CONNECT_TIMEOUT = 15_000;
const STALL_TIMEOUT = 30_000;
async function request(order) {
    const url = new URL(order.url);
    const route = routeOf(url, order.env);
    if (route.kind === 'invalid')
        throw new HttpError('proxy', `${route.variable} ${route.problem}.`);
    const peer = route.kind === 'proxy'
        ? `${url.host} (through the proxy ${route.url.host} of ${route.variable})`
        : url.host;
    const { ca, problems } = url.protocol === 'https:' ? await readCertificates(order.env) : { ca: undefined, problems: [] };
    const late = new AbortController();
    const signal = AbortSignal.any([late.signal, ...(order.signal === undefined ? [] : [order.signal])]);
    const agent = route.kind === 'direct'
        ? false
        : (await __webpack_require__.e(/* import() */ 851).then(__webpack_require__.bind(__webpack_require__, 851))).createProxyAgent(url, route.url, { ca, signal });
    try {
        return await send(order, url, peer, { agent, signal, ...(ca === undefined ? {} : { ca }) }, () => late.abort());
    }
    catch (error) {
        const failure = toHttpError(error, peer);
        if (failure.failure !== 'tls' || problems.length === 0)
            throw failure;
        throw new HttpError('tls', `${failure.message} ${problems.join('; ')}.`, { cause: error });
    }
}
function send(order, url, peer, connection, giveUp) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const transport = url.protocol === 'https:' ? external_node_https_namespaceObject : external_node_http_namespaceObject;
    const call = transport.request(url, {
        ...connection,
        method: order.method ?? 'GET',
        headers: { 'user-agent': 'oz-agent-action', ...order.headers },
    });
    const connectSeconds = (order.connectTimeout ?? CONNECT_TIMEOUT) / 1000;
    const stallSeconds = (order.stallTimeout ?? STALL_TIMEOUT) / 1000;
    const stuck = watchStages(call, url, peer, connection.agent !== false);
    const connecting = createLimit(connectSeconds * 1000, () => {
        reject(stuck(connectSeconds));
        giveUp();
    });
    const stalling = createLimit(stallSeconds * 1000, () => {
        call.destroy(new HttpError('stall', `${peer} sent nothing for ${stallSeconds} s.`));
    });
    const settle = () => {
        connecting.stop();
        stalling.stop();
    };
    connecting.start();
    call.on('socket', (socket) => whenConnected(socket, () => {
        connecting.stop();
        stalling.start();
    }));
    call.on('proxyConnect', ({ statusCode }) => {
        if (statusCode === 200)
            return;
        call.destroy(new HttpError('proxy', `The proxy refused to connect to ${peer}: it answered ${statusCode}.`, {
            status: statusCode,
        }));
    });
    call.on('error', (error) => {
        settle();
        reject(order.signal?.aborted
            ? new HttpError('aborted', `The request to ${peer} was given up.`, { cause: error })
            : error);
    });
    call.on('response', (message) => {
        settle();
        resolve({
            status: message.statusCode ?? 0,
            headers: headersOf(message),
            body: readBody(message, { peer, stallSeconds, signal: order.signal }),
        });
    });
    call.end(order.body);
    return promise;
}
function whenConnected(socket, callback) {
    const secured = socket instanceof external_node_tls_.TLSSocket;
    const ready = secured ? socket.getProtocol() !== null && !socket.connecting : !socket.connecting;
    if (ready)
        callback();
    else
        socket.once(secured ? 'secureConnect' : 'connect', callback);
}
function headersOf(message) {
    const headers = {};
    for (const [name, value] of Object.entries(message.headers)) {
        if (value !== undefined)
            headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return headers;
}


/***/ })

};
