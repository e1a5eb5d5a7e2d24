import Platform

extension Connection {
    /// Requests whose answers surely fit the default receive buffer together.
    private static let requestsInFlight = 64
    /// Bytes of requests that surely fit the default send buffer.
    private static let bytesInFlight = 65_536

    /// How many of these requests go out in the next write: one at least.
    static func requestsThatFit(_ requests: ArraySlice<Request>) -> Int {
        var bytes = 0
        var count = 0
        for request in requests.prefix(requestsInFlight) {
            bytes += request.message.count
            if bytes > bytesInFlight { break }
            count += 1
        }
        return max(count, 1)
    }

    /// Sends requests in one write and reads their answers to the end, whatever `body` thinks.
    mutating func exchange(
        _ requests: ArraySlice<Request>,
        _ body: (Int, borrowing Message) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> [NetlinkError?] {
        let first = reserveSequence(requests.count)
        try send(stamped(requests, from: first).span)
        let exchange = Exchange(
            requests: requests.count, firstSequence: first, port: socket.port)
        do {
            return try answers(to: requests, exchange, body)
        } catch {
            drain()
            throw error
        }
    }

    private mutating func answers(
        to requests: ArraySlice<Request>, _ exchange: consuming Exchange,
        _ body: (Int, borrowing Message) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> [NetlinkError?] {
        var outcomes = [NetlinkError?](repeating: nil, count: requests.count)
        let base = requests.startIndex
        while exchange.outstanding > 0 {
            let answered = try receive { message throws(NetlinkError) in
                switch try exchange.receive(message) {
                case .data(let index): try body(index, message)
                case .ended(let index, let failure?):
                    outcomes[index] = requests[base + index].failed(failure)
                case .ended, .foreign: break
                }
            }
            if !answered { throw requests[base].error(.unanswered) }
        }
        return outcomes
    }

    /// One buffer with all requests, each with its own sequence number.
    private func stamped(_ requests: ArraySlice<Request>, from first: UInt32) -> [UInt8] {
        var bytes = [UInt8]()
        bytes.reserveCapacity(requests.reduce(0) { $0 + $1.message.count })
        for (index, request) in requests.enumerated() {
            let field = bytes.count + Request.sequenceOffset
            bytes += request.message
            let sequence = first &+ UInt32(index)
            unsafe withUnsafeBytes(of: sequence) { source in
                for place in 0..<source.count { bytes[field + place] = unsafe source[place] }
            }
        }
        return bytes
    }
}

extension Request {
    /// Where a message's sequence number stands: behind length, type and flags.
    fileprivate static let sequenceOffset = 8

    fileprivate func failed(_ failure: Exchange.Failure) -> NetlinkError {
        switch failure {
        case .refused(let errno, let text): error(.refused(errno), text: text)
        case .interrupted: error(.interrupted)
        }
    }
}
