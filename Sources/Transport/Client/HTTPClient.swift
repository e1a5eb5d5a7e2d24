package import Platform

/// Asks one server over as few connections as there can be, for the one thread that owns it.
///
/// An event loop watches `descriptor` for reading. When it is ready, `advance` does what can be done
/// without waiting, and `next` tells what has come of it:
///
///     try client.advance()
///     while let event = client.next() {
///         switch event {
///         case .body(let id): client.read(id, into: &bytes) …
///
/// What is not read stays where it is, and once there is more than a little of it the server must
/// wait. A request fails once the server has been silent for longer than its limits allow; then new
/// requests get a new connection.
package final class HTTPClient {
    package internal(set) var counters = HTTPCounters()
    let sockets: SocketSet
    var pool: ConnectionPool
    /// The pool for new requests, and those whose requests still run.
    var pools: [ConnectionPool] = []
    /// One whose only request has just ended, for another such as the next page of a list.
    var spare: ConnectionPool?
    var transfers: [TransferID: Transfer] = [:]
    var limits = TimerQueue<TransferID>()
    var events: [HTTPEvent] = []
    var nextEvent = 0
    var ready: [ForeignDescriptors.Ready] = []
    private var lastTransfer: UInt64 = 0
    private var lastPool: UInt32 = 0
    private var armed: MonotonicTime?

    package init(_ endpoint: Endpoint) throws(TransportError) {
        do throws(PlatformError) {
            sockets = try SocketSet()
        } catch {
            throw TransportError(error)
        }
        pool = try ConnectionPool(number: 0, endpoint, sockets)
        pools = [pool]
    }

    deinit {
        for transfer in transfers.values where transfer.outcome == nil {
            transfer.pool.remove(transfer)
        }
    }

    /// What an event loop watches for reading.
    package var descriptor: Descriptor {
        _read { yield sockets.descriptors.descriptor }
    }

    package var endpoint: Endpoint { pool.endpoint }
}

extension HTTPClient {
    /// Makes new requests with other settings, on other connections; those under way go on.
    package func reconfigure(_ endpoint: Endpoint) throws(TransportError) {
        pool = try newPool(endpoint, isShared: true)
        spare = nil
        pools.removeAll { $0 !== pool && $0.count == 0 }
    }

    private func newPool(
        _ endpoint: Endpoint, isShared: Bool
    ) throws(TransportError) -> ConnectionPool {
        lastPool += 1
        let pool = try ConnectionPool(number: lastPool, endpoint, sockets, isShared: isShared)
        pools.append(pool)
        return pool
    }

    private func pool(for request: HTTPRequest) throws(TransportError) -> ConnectionPool {
        if request.sharesConnection { return pool }
        guard let spare = spare.take() else { return try newPool(endpoint, isShared: false) }
        pools.append(spare)
        return spare
    }

    /// Begins a request; what comes of it is told by `next`.
    package func start(_ request: HTTPRequest) throws(TransportError) -> TransferID {
        lastTransfer += 1
        let id = TransferID(rawValue: lastTransfer)
        let pool = try pool(for: request)
        let transfer = try Transfer(id, request, pool, self)
        try pool.add(transfer)
        transfers[id] = transfer
        counters.requests += 1
        limit(transfer)
        try arm()
        return id
    }

    /// Ends a request of which nothing more is told.
    package func cancel(_ id: TransferID) throws(TransportError) {
        guard let transfer = transfers[id] else { return }
        try drop(transfer)
        try arm()
    }

    /// Appends to `bytes` what has come of an answer's body, and makes room for more.
    package func read(_ id: TransferID, into bytes: inout [UInt8]) throws(TransportError) {
        guard let transfer = transfers[id] else { return }
        bytes.append(contentsOf: transfer.unread)
        transfer.unread.removeAll(keepingCapacity: transfer.unread.capacity <= Transfer.keptRoom)
        transfer.isAnnounced = false
        if let outcome = transfer.outcome {
            tell(outcome, of: transfer)
            // Whoever is about to call `next` again needs no wake-up.
            return nextEvent == 0 ? try arm() : ()
        }
        guard transfer.isPaused else { return }
        transfer.isPaused = false
        transfer.touch()
        limit(transfer)
        // May hand over at once what libcurl has kept meanwhile.
        transfer.easy.resume()
        try arm()
    }

    /// What has happened next; nil means nothing since the last call of `advance`.
    package func next() -> HTTPEvent? {
        while nextEvent < events.count {
            let event = events[nextEvent]
            nextEvent += 1
            // Nothing more is told of what was cancelled.
            guard transfers[event.id] != nil else { continue }
            if event.isLast { transfers[event.id] = nil }
            return event
        }
        events.removeAll(keepingCapacity: true)
        nextEvent = 0
        return nil
    }
}

extension HTTPClient {
    /// Lets the descriptor be ready when something is due.
    ///
    /// Whoever has called `advance` asks for what came of it without being woken.
    func arm(isAdvancing: Bool = false) throws(TransportError) {
        var deadline = limits.next
        for pool in pools {
            guard let other = pool.due else { continue }
            deadline = deadline.map { min($0, other) } ?? other
        }
        if !isAdvancing, nextEvent < events.count { deadline = MonotonicTime(nanoseconds: 1) }
        if deadline == armed { return }
        do throws(PlatformError) {
            try sockets.descriptors.setDeadline(deadline)
        } catch {
            throw TransportError(error)
        }
        armed = deadline
    }
}

extension TransportError {
    init(_ error: PlatformError) {
        self.init(.other, error.operation, error.reason)
    }
}
