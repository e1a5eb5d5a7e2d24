import Network
import TestSupport
import Testing

@testable import Platform

@Suite(.requiresRoot) struct `Datagrams that leave together` {
    @Test(arguments: localhost)
    func `arrive whole and in their order`(address: IPAddress) throws {
        let host = try loopbackHost()
        let server = try host.run { try UDPSocket(AddressAndPort(address, 53)) }
        let client = try host.run { try UDPSocket(connectedTo: AddressAndPort(address, 53)) }
        var batch = try OutgoingBatch(count: 3, room: 8)
        // Twice: the second time every slot is used again, by shorter ones.
        for texts in [["longest", "b", ""], ["x", "yz"]] {
            for text in texts { batch.append(text) }
            #expect(batch.count == texts.count && batch.isFull == (texts.count == 3))
            #expect(try client.send(&batch) == texts.count)
            #expect(batch.count == 0 && !batch.isFull)
            for text in texts { #expect(try server.next()?.text == text) }
        }
        #expect(try client.send(&batch) == 0)
    }

    @Test func `a peer that is not there is an error of the next ones`() throws {
        let host = try loopbackHost()
        let nobody = AddressAndPort(.v4(.loopback), 53)
        let client = try host.run { try UDPSocket(connectedTo: nobody) }
        var batch = try OutgoingBatch(count: 2, room: 8)
        batch.append("a")
        _ = try client.send(&batch)
        batch.append("b")
        #expect(throws: PlatformError.self) { try client.send(&batch) }
        #expect(batch.count == 1)
    }
}

extension OutgoingBatch {
    fileprivate mutating func append(_ text: String) {
        append { room in
            for (index, byte) in text.utf8.enumerated() { room[index] = byte }
            return text.utf8.count
        }
    }
}

struct `A list of descriptors that are waited for` {
    @Test func `says which of them are ready`() throws {
        let first = try Pipe()
        let second = try Pipe()
        var list = ReadinessList()
        list.add(first.reader, .read)
        list.add(second.reader, .read)
        try second.writer.write("a".utf8.span)
        #expect(try list.wait(until: .soon))
        #expect(!list.isReady(0) && list.isReady(1))
        try first.writer.write("b".utf8.span)
        #expect(try list.wait(until: .soon))
        #expect(list.isReady(0) && list.isReady(1))
    }

    @Test func `does not wait less than was asked for`() throws {
        Thread.wakeOnTime()
        let pipe = try Pipe()
        var list = ReadinessList()
        list.add(pipe.reader, .read)
        for microseconds in [0, 1, 70, 1500] {
            let deadline = MonotonicTime.now + .microseconds(microseconds)
            #expect(try !list.wait(until: deadline))
            #expect(MonotonicTime.now >= deadline)
        }
    }
}
