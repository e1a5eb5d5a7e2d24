import CCurl
import Platform

extension HTTPClient {
    /// Does all that can be done without waiting.
    package func advance() throws(TransportError) {
        spare = nil
        do throws(PlatformError) {
            try sockets.descriptors.poll(into: &ready)
        } catch {
            throw TransportError(error)
        }
        for found in ready {
            let number = UInt32(truncatingIfNeeded: found.token >> 32)
            // A pool that has ended took its sockets with it.
            guard let pool = pools.first(where: { $0.number == number }) else { continue }
            let socket = CInt(truncatingIfNeeded: found.token)
            if !pool.advance(socket, found.readiness) { try abandon(pool) }
        }
        ready.removeAll(keepingCapacity: true)
        let now = MonotonicTime.now
        for pool in pools where !pool.advance(at: now) || !pool.settle() { try abandon(pool) }
        try collect()
        try giveUp(at: now)
        try arm(isAdvancing: true)
    }

    private func collect() throws(TransportError) {
        for pool in pools {
            while let (transfer, code) = pool.nextDone() {
                let error = transfer.error(code)
                try finish(transfer, error.map { .failed($0) } ?? .ended)
                if error == nil, !pool.isShared { spare = pool }
            }
        }
    }

    /// Fails what has taken too long.
    private func giveUp(at now: MonotonicTime) throws(TransportError) {
        while let id = limits.fire(now) {
            guard let transfer = transfers[id], transfer.outcome == nil else { continue }
            transfer.timer = nil
            // Pieces of an answer move its deadline, but not the timer.
            guard let deadline = transfer.deadline, deadline <= now else {
                limit(transfer)
                continue
            }
            try finish(transfer, .failed(transfer.timeOut(at: now)))
            // Its connection may be dead: nothing else shall wait for it.
            if transfer.phase != .connect, transfer.pool === pool { try reconfigure(endpoint) }
        }
    }

    private func abandon(_ pool: ConnectionPool) throws(TransportError) {
        for transfer in transfers.values where transfer.pool === pool && transfer.outcome == nil {
            let error = TransportError(
                .other, transfer.phase.operation(pool.endpoint.server),
                "libcurl cannot go on with its connections")
            try finish(transfer, .failed(error))
        }
        if pool === self.pool { try reconfigure(endpoint) }
    }
}

extension HTTPClient {
    func limit(_ transfer: Transfer) {
        if let timer = transfer.timer { limits.cancel(timer) }
        transfer.timer = transfer.deadline.map { limits.schedule(transfer.id, at: $0) }
    }

    func hasHead(_ transfer: Transfer, _ head: HTTPHead) {
        counters.count(head.version)
        events.append(.head(transfer.id, head))
    }

    func hasBody(_ transfer: Transfer) {
        if transfer.isAnnounced { return }
        transfer.isAnnounced = true
        events.append(.body(transfer.id))
    }

    /// Takes a request out of libcurl; its end is told once the answer has been read.
    private func finish(
        _ transfer: Transfer, _ outcome: Transfer.Outcome
    ) throws(TransportError) {
        release(transfer)
        transfer.outcome = outcome
        if case .failed = outcome { try sayReset(transfer) }
        if transfer.unread.isEmpty { tell(outcome, of: transfer) }
    }

    func tell(_ outcome: Transfer.Outcome, of transfer: Transfer) {
        switch outcome {
        case .ended: events.append(.ended(transfer.id))
        case .failed(let error): events.append(.failed(transfer.id, error))
        }
    }

    /// Forgets a request, wherever it is.
    func drop(_ transfer: Transfer) throws(TransportError) {
        transfers[transfer.id] = nil
        if transfer.outcome != nil { return }
        release(transfer)
        try sayReset(transfer)
    }

    /// Has the server know that nobody waits for an answer any more.
    ///
    /// libcurl 7.88 keeps the frame that says so until it has something else to send. A pause of
    /// another request on the connection makes it send; without one the connection can be closed.
    private func sayReset(_ transfer: Transfer) throws(TransportError) {
        guard transfer.phase != .connect else { return }
        let other = transfers.values.first {
            $0.pool === transfer.pool && $0.outcome == nil && $0.phase != .connect && !$0.isPaused
        }
        if let other {
            other.easy.pause()
            other.easy.resume()
        } else if transfer.pool === pool, pool.count == 0 {
            try reconfigure(endpoint)
        }
    }

    private func release(_ transfer: Transfer) {
        counters.bytes += transfer.received
        counters.connections += transfer.easy.number(CURLINFO_NUM_CONNECTS)
        if let timer = transfer.timer.take() { limits.cancel(timer) }
        transfer.pool.remove(transfer)
        pools.removeAll { $0 !== pool && $0.count == 0 }
    }
}

extension HTTPEvent {
    package var id: TransferID {
        switch self {
        case .head(let id, _), .body(let id), .ended(let id), .failed(let id, _): id
        }
    }

    var isLast: Bool {
        switch self {
        case .head, .body: false
        case .ended, .failed: true
        }
    }
}
