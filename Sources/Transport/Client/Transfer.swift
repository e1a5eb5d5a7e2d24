import CCurl
import Platform

/// A request under way.
///
/// libcurl holds its address as the context of its callbacks. It calls them only while the client
/// calls libcurl, and the client keeps a transfer until it has taken its handle out of the pool.
final class Transfer {
    let id: TransferID
    let easy: EasyHandle
    let pool: ConnectionPool
    let limits: TimeLimits
    let begin: MonotonicTime
    /// What of the answer nobody has read yet.
    var unread: [UInt8] = []
    /// Whether `body` was said since the last reading.
    var isAnnounced = false
    /// Whether libcurl waits until more is read.
    var isPaused = false
    /// What our own callbacks found wrong; libcurl only knows that they refused.
    var verdict: TransportError?
    /// How it ended, while there still is something to be read.
    var outcome: Outcome?
    var timer: TimerQueue<TransferID>.ID?
    private(set) var phase = Phase.connect
    /// When the phase began or, while the answer is read, its last piece came.
    private(set) var mark: MonotonicTime
    private let longest: Int
    private(set) var received = 0
    private var head = HeadReader()
    private unowned let client: HTTPClient

    enum Outcome {
        case ended
        case failed(TransportError)
    }

    init(
        _ id: TransferID, _ request: HTTPRequest, _ pool: ConnectionPool, _ client: HTTPClient
    ) throws(TransportError) {
        self.id = id
        self.easy = try EasyHandle.prepared(for: request, to: pool.endpoint)
        self.pool = pool
        self.limits = request.limits
        self.begin = .now
        self.mark = begin
        self.longest = request.longestAnswer
        self.client = client
        unsafe easy.setCallbacks(Unmanaged.passUnretained(self).toOpaque())
    }

    @safe static func from(_ context: UnsafeMutableRawPointer) -> Transfer {
        unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }
}

extension Transfer {
    /// When to give up, if nothing happens until then.
    var deadline: MonotonicTime? {
        let whole = limits.whole.map { begin + $0 }
        // The server cannot be blamed for a pause that is ours.
        if isPaused { return whole }
        let next = mark + phase.limit(limits)
        return whole.map { min($0, next) } ?? next
    }

    func enter(_ phase: Phase) {
        self.phase = phase
        touch()
        client.limit(self)
    }

    /// Begins to wait anew.
    func touch() { mark = .now }
}

extension Transfer {
    /// Takes a line of the head; false ends the request.
    func takeHeader(_ line: Span<UInt8>) -> Bool {
        pool.isUnsettled = true
        if head.isDone { return true }
        let status = easy.number(CURLINFO_RESPONSE_CODE)
        switch head.add(line, status: status) {
        case .unfinished: return true
        case .tooLong: return refuse(.badAnswer, "its headers are longer than anything sensible")
        case .done(let fields):
            let head = HTTPHead(status: status, version: version, fields: fields)
            enter(.receive)
            if (300..<400).contains(status), status != 304 {
                let place = head["location"] ?? "nowhere"
                return refuse(
                    .redirected, "status \(status), to \(place)",
                    remedy: "give the API server's own URL")
            }
            client.hasHead(self, head)
            return true
        }
    }

    private var version: HTTPVersion {
        easy.number(CURLINFO_HTTP_VERSION) == CURL_HTTP_VERSION_2_0
            ? .http2 : .http1
    }

    /// Takes a piece of the body and says how much, as libcurl wants to know it.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        if !unread.isEmpty, unread.count + bytes.count > Self.mostUnread {
            isPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        received += bytes.count
        guard received <= longest else {
            _ = refuse(.badAnswer, "it is longer than \(longest) bytes")
            return 0
        }
        touch()
        pool.isUnsettled = true
        unsafe unread.append(contentsOf: bytes)
        client.hasBody(self)
        return bytes.count
    }

    private func refuse(
        _ code: TransportError.Code, _ reason: String, remedy: String? = nil
    ) -> Bool {
        verdict = TransportError(
            code, Phase.receive.operation(pool.endpoint.server), reason, remedy: remedy)
        return false
    }

    /// The room for unread bytes that is kept once they are read: two of libcurl's pieces.
    static let keptRoom = 32 << 10
    /// The most bytes kept for a reader that does not read; then the server must wait.
    static let mostUnread = 256 << 10
}
