import CCurl
import Platform

/// Connections made with the same settings, and the requests on them.
///
/// A pool that is not to be used for new requests is simply replaced: it ends, and closes its
/// connections, with its last request. So a connection with old credentials, or one that has gone
/// silent, is never used again.
@safe final class ConnectionPool {
    /// Tells the descriptors of this pool from those of others.
    let number: UInt32
    let endpoint: Endpoint
    /// Whether it is for any number of requests at once, not for one.
    let isShared: Bool
    /// When libcurl wants to be called even if nothing is ready.
    var deadline: MonotonicTime?
    /// The requests in it.
    private(set) var count = 0
    /// Whether anything has come, or a request has gone, since `settle`.
    var isUnsettled = false
    /// What libcurl has us watch.
    private var watched: Set<CInt> = []
    private let multi: UnsafeMutableRawPointer
    private let sockets: SocketSet

    init(
        number: UInt32, _ endpoint: Endpoint, _ sockets: SocketSet, isShared: Bool = true
    ) throws(TransportError) {
        guard globalInitialization == CURLE_OK, let multi = unsafe curl_multi_init() else {
            throw .noMemory
        }
        self.number = number
        self.endpoint = endpoint
        self.isShared = isShared
        unsafe self.multi = unsafe multi
        self.sockets = sockets
        unsafe weft_curl_multi_set_long(
            multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        // Without a number it closes connections whenever there are fewer requests for a moment.
        unsafe weft_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.mostIdle)
        // libcurl calls back only while we call it, and the pool outlives every such call.
        unsafe weft_curl_multi_set_callbacks(
            multi, watchSocket, setTimer, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        // What it says about its sockets now concerns nobody: the kernel forgets closed ones.
        unsafe weft_curl_multi_set_callbacks(multi, nil, nil, nil)
        unsafe curl_multi_cleanup(multi)
    }
}

extension ConnectionPool {
    /// Matters to HTTP/1.1 alone, where a watcher has a connection for each kind of object.
    private static let mostIdle = 64

    func add(_ transfer: Transfer) throws(TransportError) {
        guard unsafe curl_multi_add_handle(multi, transfer.easy.pointer) == CURLM_OK else {
            throw .noMemory
        }
        count += 1
    }

    func remove(_ transfer: Transfer) {
        unsafe curl_multi_remove_handle(multi, transfer.easy.pointer)
        count -= 1
        isUnsettled = true
    }

    /// Goes on with what a socket is ready for; false means that the pool is of no use any more.
    func advance(_ socket: CInt, _ readiness: Readiness) -> Bool {
        var mask: CInt = 0
        if readiness.contains(.read) { mask |= CURL_CSELECT_IN }
        if readiness.contains(.write) { mask |= CURL_CSELECT_OUT }
        var running: CInt = 0
        return unsafe curl_multi_socket_action(multi, socket, mask, &running) == CURLM_OK
    }

    /// Goes on with what is due.
    func advance(at now: MonotonicTime) -> Bool {
        guard let deadline, deadline <= now else { return true }
        self.deadline = nil
        var running: CInt = 0
        return unsafe curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running) == CURLM_OK
    }

    /// When it is to be advanced, whether anything is ready or not.
    var due: MonotonicTime? {
        isUnsettled && count > 0 ? MonotonicTime(nanoseconds: 1) : deadline
    }

    /// Goes on until there is nothing more to be had; false as from `advance`.
    ///
    /// A stream for which libcurl 7.88 has read more than it had room for stops it in the midst of
    /// what it has read. It goes on only when the socket has more, which it may never have.
    func settle() -> Bool {
        while isUnsettled {
            isUnsettled = false
            for socket in watched where !advance(socket, .read) { return false }
        }
        return true
    }

    /// The next request that is over, and how it went.
    func nextDone() -> (Transfer, CURLcode)? {
        var result = CURLE_OK
        guard let context = unsafe weft_curl_multi_done(multi, &result) else { return nil }
        return (Transfer.from(context), result)
    }

    fileprivate func watch(_ socket: CInt, _ what: CInt) -> CInt {
        let readiness: Readiness
        switch what {
        case CURL_POLL_REMOVE:
            sockets.descriptors.forget(socket)
            watched.remove(socket)
            return 0
        case CURL_POLL_IN: readiness = .read
        case CURL_POLL_OUT: readiness = .write
        case CURL_POLL_INOUT: readiness = [.read, .write]
        default: readiness = []
        }
        let token = UInt64(number) << 32 | UInt64(UInt32(bitPattern: socket))
        do throws(PlatformError) {
            try sockets.descriptors.watch(socket, readiness, token: token)
            watched.insert(socket)
            return 0
        } catch {
            return -1
        }
    }
}

/// The sockets of all pools of a client.
final class SocketSet {
    let descriptors: ForeignDescriptors

    init() throws(PlatformError) { descriptors = try ForeignDescriptors() }
}

/// Once for the process, before anything else; libcurl is never told to clean up.
private let globalInitialization = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

private func watchSocket(
    _ easy: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ what: CInt,
    _ context: UnsafeMutableRawPointer?, _ assigned: UnsafeMutableRawPointer?
) -> CInt {
    guard let context = unsafe context else { return -1 }
    return unsafe Unmanaged<ConnectionPool>.fromOpaque(context).takeUnretainedValue()
        .watch(socket, what)
}

private func setTimer(
    _ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> CInt {
    guard let context = unsafe context else { return -1 }
    let pool = unsafe Unmanaged<ConnectionPool>.fromOpaque(context).takeUnretainedValue()
    pool.deadline = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    return 0
}
