/// What one thread has answered.
package struct AnswerCounts: Sendable {
    package private(set) var total: UInt64 = 0
    private(set) var byCode: [16 of UInt64] = .init(repeating: 0)

    mutating func count(_ code: ResponseCode, _ type: RecordType) {
        total &+= 1
        byCode[Int(code.rawValue & 0xf)] &+= 1
    }
}
