import CNghttp2
import Support

/// HTTP/2 of a server, as nghttp2 speaks it.
///
/// nghttp2 holds our address as the context of its callbacks; it calls them only while we call it.
@safe final class HTTP2Session: ServerSession {
    let connection: UInt64
    private let session: OpaquePointer
    var streams: [Int32: HTTP2Stream] = [:]
    var requests: [(stream: Int32, request: ServerRequest)] = []
    var closed: [Int32] = []
    private var hasFailed = false

    init(_ connection: UInt64) throws {
        var callbacks: OpaquePointer?
        unsafe nghttp2_session_callbacks_new(&callbacks)
        defer { unsafe nghttp2_session_callbacks_del(callbacks) }
        unsafe setCallbacks(callbacks)
        var options: OpaquePointer?
        unsafe nghttp2_option_new(&options)
        defer { unsafe nghttp2_option_del(options) }
        // It would keep all streams that there ever were, as places in a tree of priorities.
        unsafe nghttp2_option_set_no_closed_streams(options, 1)
        // libcurl 7.88 resets every stream once its answer is complete, which is no attack.
        unsafe nghttp2_option_set_stream_reset_rate_limit(options, 1 << 32, 1 << 32)
        var session: OpaquePointer?
        let context = HTTP2Context()
        unsafe nghttp2_session_server_new2(
            &session, callbacks, Unmanaged.passUnretained(context).toOpaque(), options)
        guard let session = unsafe session else { throw HTTP2Failure() }
        unsafe self.session = unsafe session
        self.connection = connection
        self.context = context
        context.owner = self
        unsafe nghttp2_submit_settings(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), nil, 0)
    }

    private let context: HTTP2Context

    deinit { unsafe nghttp2_session_del(session) }
}

/// What nghttp2 is given before there is a session.
final class HTTP2Context {
    weak var owner: HTTP2Session?
}

package struct HTTP2Failure: Error {}

/// An answer under way.
struct HTTP2Stream {
    var request: ServerRequest
    var output = ByteQueue()
    var isEnded = false
}

extension HTTP2Session {
    func receive(_ bytes: Span<UInt8>) -> Bool {
        let count = unsafe bytes.withUnsafeBufferPointer {
            unsafe nghttp2_session_mem_recv(session, $0.baseAddress, $0.count)
        }
        hasFailed = hasFailed || count != bytes.count
        return !hasFailed
    }

    func takeRequests() -> [(stream: Int32, request: ServerRequest)] {
        defer { requests = [] }
        return requests
    }

    func takeClosed() -> [Int32] {
        defer { closed = [] }
        return closed
    }

    func backlog(of stream: Int32) -> Int { streams[stream]?.output.count ?? 0 }

    func takeOutput() -> [UInt8] {
        var bytes: UnsafePointer<UInt8>?
        let count = unsafe nghttp2_session_mem_send(session, &bytes)
        guard count > 0 else { return [] }
        return unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    }

    var isOver: Bool {
        unsafe nghttp2_session_want_read(session) == 0
            && nghttp2_session_want_write(session) == 0
    }

    func perform(_ action: StreamAction, on stream: Int32) {
        switch action {
        case .head(let head): respond(head, stream)
        case .body(let bytes):
            streams[stream]?.output.append(bytes)
            unsafe nghttp2_session_resume_data(session, stream)
        case .end:
            streams[stream]?.isEnded = true
            unsafe nghttp2_session_resume_data(session, stream)
        case .reset:
            unsafe nghttp2_submit_rst_stream(
                session, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream,
                UInt32(NGHTTP2_INTERNAL_ERROR.rawValue))
        case .goAway:
            let last = unsafe nghttp2_session_get_last_proc_stream_id(session)
            unsafe nghttp2_submit_goaway(
                session, UInt8(NGHTTP2_FLAG_NONE.rawValue), last,
                UInt32(NGHTTP2_NO_ERROR.rawValue), nil, 0)
        case .fault: break
        }
    }

    private func respond(_ head: ResponseHead, _ stream: Int32) {
        let fields = [(":status", "\(head.status)")] + head.fields
        var provider = unsafe nghttp2_data_provider()
        unsafe provider.read_callback = readBody
        unsafe withFields(fields) { fields in
            _ = unsafe nghttp2_submit_response(
                session, stream, fields.baseAddress, fields.count, &provider)
        }
    }

    /// Moves as much of an answer as there is, or has the session wait for more.
    func fill(
        _ room: UnsafeMutableRawBufferPointer, from stream: Int32, _ flags: inout UInt32
    ) -> Int {
        guard let waiting = streams[stream] else { return 0 }
        if waiting.output.isEmpty, !waiting.isEnded { return Int(NGHTTP2_ERR_DEFERRED.rawValue) }
        let count = min(room.count, waiting.output.count)
        unsafe room.copyBytes(from: waiting.output.first(count))
        streams[stream]?.output.drop(count)
        if waiting.isEnded, count == waiting.output.count {
            flags |= UInt32(NGHTTP2_DATA_FLAG_EOF.rawValue)
        }
        return count
    }
}

/// Lends fields to nghttp2, which copies them.
private func withFields(
    _ fields: [(String, String)], _ body: (UnsafeBufferPointer<nghttp2_nv>) -> Void
) {
    var bytes: [UInt8] = []
    for (name, value) in fields { bytes += Array(name.lowercased().utf8) + Array(value.utf8) }
    unsafe bytes.withUnsafeMutableBufferPointer { bytes in
        var start = bytes.baseAddress
        let pairs = unsafe fields.map { name, text in
            let length = text.utf8.count
            let value = unsafe start.map { unsafe $0 + name.utf8.count }
            let pair = unsafe nghttp2_nv(
                name: start, value: value, namelen: name.utf8.count, valuelen: length,
                flags: UInt8(NGHTTP2_NV_FLAG_NONE.rawValue))
            unsafe start = unsafe value.map { unsafe $0 + length }
            return unsafe pair
        }
        unsafe pairs.withUnsafeBufferPointer(body)
    }
}
