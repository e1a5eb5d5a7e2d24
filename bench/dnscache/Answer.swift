import DNS

/// A question as clients send it, and what an upstream says to it.
struct Answer {
    let key: CacheKey
    let message: Message
    let question: [UInt8]

    init(_ text: String, addresses: Int) throws {
        let name = try DomainName(text)
        key = CacheKey(name, .a)
        question = Message.query(name, .a, id: 1).encoded()
        var message = Message.query(name, .a, id: 1)
        message.answers = (0..<addresses).map { number in
            Record(name, .a, ttl: 3600, data: [192, 0, 2, UInt8(truncatingIfNeeded: number)])
        }
        self.message = message
    }
}
