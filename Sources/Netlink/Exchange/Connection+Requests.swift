import Platform

extension Connection {
    /// How often a dump that changed under our eyes is repeated.
    private static let dumpAttempts = 16

    /// Sends one request and waits until the kernel has done it.
    package mutating func run(_ request: Request) throws(NetlinkError) {
        try run([request])
    }

    /// Sends requests together; the first failure is thrown after all were tried in order.
    package mutating func run(_ requests: [Request]) throws(NetlinkError) {
        for case let failure? in try outcomes(of: requests) { throw failure }
    }

    /// Sends requests together and tells for each how it failed, or nil.
    package mutating func outcomes(
        of requests: [Request]
    ) throws(NetlinkError) -> [NetlinkError?] {
        var outcomes = [NetlinkError?]()
        outcomes.reserveCapacity(requests.count)
        var rest = requests[...]
        while !rest.isEmpty {
            let window = rest.prefix(Self.requestsThatFit(rest))
            rest = rest.dropFirst(window.count)
            outcomes += try exchange(window) { _, _ throws(NetlinkError) in }
        }
        for case (let index, let failure?) in outcomes.enumerated() {
            outcomes[index] = try explained(failure, requests[index])
        }
        return outcomes
    }

    /// The same failure, or that the kernel lacks what the request needs.
    ///
    /// The error number may have other reasons, so the feature alone is asked for.
    private mutating func explained(
        _ failure: NetlinkError, _ request: Request
    ) throws(NetlinkError) -> NetlinkError {
        guard case .refused(let errno) = failure.code else { return failure }
        for feature in request.needs where feature.absence == errno {
            if let probe = feature.probe {
                let outcome = try exchange([probe]) { _, _ throws(NetlinkError) in }
                if outcome[0]?.errno != errno { continue }
            }
            return request.error(.unsupported(errno), text: feature.advice(failure.text))
        }
        return failure
    }

    /// Collects what a request is answered with; a dump that was interrupted starts again.
    package mutating func collect<Value>(
        _ request: Request, _ decode: (borrowing Message) throws(NetlinkError) -> Value?
    ) throws(NetlinkError) -> [Value] {
        for _ in 0..<Self.dumpAttempts {
            var values = [Value]()
            let outcome = try exchange([request]) { _, message throws(NetlinkError) in
                if let value = try decode(message) { values.append(value) }
            }
            guard let failure = outcome[0] else { return values }
            guard failure.code == .interrupted else { throw try explained(failure, request) }
        }
        throw request.error(.interrupted)
    }

    /// Hands over what a request is answered with, as it comes.
    ///
    /// False means that a dump changed under our eyes: some may have been left out, or come twice.
    package mutating func visit(
        _ request: Request, _ body: (borrowing Message) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> Bool {
        let outcome = try exchange([request]) { _, message throws(NetlinkError) in
            try body(message)
        }
        guard let failure = outcome[0] else { return true }
        guard failure.code == .interrupted else { throw try explained(failure, request) }
        return false
    }

    /// The one answer to a request, or nil when the kernel says there is no such object.
    package mutating func find<Value>(
        _ request: Request, _ decode: (borrowing Message) throws(NetlinkError) -> Value?
    ) throws(NetlinkError) -> Value? {
        do {
            return try collect(request, decode).first
        } catch  where error.isAbsence {
            return nil
        }
    }

    /// All values that answer a query.
    package mutating func list<Value: MessageDecodable>(
        _ query: Query<Value>
    ) throws(NetlinkError) -> [Value] {
        do {
            return try collect(query.request) { message throws(NetlinkError) in
                try Value(message)
            }
        } catch  where query.isEmpty(error) {
            return []
        }
    }

    /// The one value that answers a query, or nil when the kernel says there is none.
    package mutating func find<Value: MessageDecodable>(
        _ query: Query<Value>
    ) throws(NetlinkError) -> Value? {
        try find(query.request) { message throws(NetlinkError) in try Value(message) }
    }
}

extension NetlinkError {
    /// Whether the kernel says that the object is not there.
    package var isAbsence: Bool {
        switch errno {
        case .noSuchEntry?, .noDevice?, .noSuchProcess?, .addressNotAvailable?: true
        default: false
        }
    }
}
