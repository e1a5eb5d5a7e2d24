import Testing

@testable import Kubernetes

@Suite("Damaged protobuf is refused")
struct ProtobufDecodingTests {
    private func problem(_ bytes: [UInt8]) -> String? {
        do throws(ObjectError) {
            _ = try ObjectFormat.protobuf.decode(Service.self, bytes.span, SharingPool())
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "with what is wrong",
        arguments: [
            ([0x0A], "metadata: the protobuf message is cut short"),
            ([0x0A, 0x05, 0x0A], "metadata: the protobuf message is cut short"),
            ([0x00], "the protobuf message has an impossible field"),
            ([0x0B], "the protobuf message has an impossible field"),
            (
                [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
                "a protobuf number is too long"
            ),
            ([0x08, 0x01], "metadata: the value is written as protobuf type varint, not bytes"),
            ([0x7A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], "the protobuf message is cut short"),
        ] as [([UInt8], String)])
    func damaged(bytes: [UInt8], expected: String) {
        #expect(problem(bytes) == expected)
    }

    @Test func `fields that nobody knows are stepped over, of every type`() {
        let unknown: [UInt8] = [
            0x78, 0x96, 0x01, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7A, 0x02, 0xFF, 0xFF, 0x7D, 1, 2, 3,
            4,
        ]
        #expect(problem(unknown) == nil)
    }

    @Test func `every object of a recorded list is refused when it is cut short`() throws {
        let body = try Recording("list-services", .protobuf).body
        var stream = ObjectStream(.protobuf, .list)
        stream.receive { $0 += body }
        while let piece = try stream.next() {
            guard case .object(let range) = piece else { continue }
            let object = range.map { stream.bytes[$0] }
            #expect(problem(object) == nil)
            #expect(problem(object.dropLast()) != nil)
        }
    }

    private func problem(_ bytes: ArraySlice<UInt8>) -> String? { problem(Array(bytes)) }
}
