import CAllocations
import Network
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Bench

extension `Load on a network` {
    /// Taking memory takes time, now and then a lot of it, and would be measured as the network's.
    @Suite struct `Memory under load` {
        /// How often memory is taken in a second run of a generator, and for how many things.
        private func count<Source: Generator & ~Copyable>(
            _ make: @Sendable (AddressAndPort) throws(PlatformError) -> Source
        ) throws -> (taken: Int64, done: Int) {
            var found: (Int64, Int) = (0, 0)
            try withLab { lab in
                let lab = try LoadLab(lab)
                let server = try lab.serve()
                let target = try lab.address(server, .v4)
                found = try lab.client.run {
                    var generator = try make(target)
                    var tally = Tally()
                    try generator.run(until: .now + .milliseconds(20), &tally)
                    tally = Tally()
                    let before = weft_allocations()
                    try generator.run(until: .now + .milliseconds(100), &tally)
                    return (weft_allocations() - before, tally.begun)
                }
            }
            return found
        }

        private func expectNone(_ counted: (taken: Int64, done: Int)) {
            if weft_allocations() < 0 { return }
            #expect(counted.done > 20)
            // A few for each run, none for each thing.
            #expect(counted.taken < 10, "\(counted)")
        }

        @Test(arguments: [nil, Request.echo])
        func `is not taken for connections`(request: Request?) throws {
            expectNone(
                try count { target throws(PlatformError) in
                    let act = ConnectAct(
                        Origins([target], from: []), request, patience: .seconds(10))
                    return OneByOne(act, perSecond: nil)
                })
        }

        @Test(arguments: [nil, Request.echo])
        func `is not taken for many connections at once`(request: Request?) throws {
            expectNone(
                try count { target throws(PlatformError) in
                    let members = (0..<10).map { _ in
                        ConnectMember(Origins([target], from: []), request)
                    }
                    return try Crowd(members, patience: .seconds(10), perSecond: nil)
                })
        }

        @Test(arguments: [Socket.Kind.stream, .datagram])
        func `is not taken for requests`(kind: Socket.Kind) throws {
            expectNone(
                try count { target throws(PlatformError) in
                    var origins = Origins([target], from: [])
                    let line = try Line(kind, .echo, &origins, patience: .seconds(10))
                    return OneByOne(ExchangeAct(line), perSecond: nil)
                })
        }

        @Test(arguments: [Socket.Kind.stream, .datagram])
        func `is not taken for many requests at once`(kind: Socket.Kind) throws {
            expectNone(
                try count { target throws(PlatformError) in
                    var origins = Origins([target], from: [])
                    var members: [LineMember] = []
                    for _ in 0..<10 {
                        members.append(
                            LineMember(try Line(kind, .echo, &origins, patience: .seconds(10))))
                    }
                    return try Crowd(members, patience: .seconds(10), perSecond: nil)
                })
        }

        @Test func `is not taken for packets and bulk`() throws {
            expectNone(
                try count { target throws(PlatformError) in
                    var origins = Origins([target], from: [])
                    return try PacketStream(&origins, flows: 3, perSecond: nil)
                })
            expectNone(
                try count { target throws(PlatformError) in
                    var origins = Origins([target], from: [])
                    return try BulkFlows(&origins, flows: 3, patience: .seconds(10))
                })
        }

        @Test func `is not taken by a server`() throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let (orders, counters) = (ServerOrders(), ServerCounters())
                let work = try lab.server.run {
                    try ServerWork(
                        AddressAndPort(.v6(.unspecified), 0),
                        ServerAnswers(counters, delay: .zero), orders)
                }
                let (waker, port) = (work.waker, work.address.port)
                let taken = Mutex<Int64>(0)
                let thread = try Thread(owning: work) { work in
                    let before = weft_allocations()
                    var work = work
                    work.run()
                    taken.withLock { $0 = weft_allocations() - before }
                }
                let target = AddressAndPort(try IPAddress(validating: "10.2.0.2"), port)
                for workload in [Workload.connect, .firstByte(), .request, .datagram()] {
                    var subject = LoadSubject(
                        .load(workload.name), workload, from: try lab.makeClient(), to: [target],
                        for: .milliseconds(50), patience: .seconds(10))
                    _ = try subject.measure()
                }
                orders.end()
                waker.wake()
                thread.join()
                if weft_allocations() < 0 { return }
                let counts = counters.values
                #expect(counts.accepted > 50)
                #expect(counts.answered + counts.datagrams > 100)
                // That a client has reset its connection is an error, with words, whenever the server
                // hears of it before it closes; answers and datagrams take nothing.
                #expect(taken.withLock { Int($0) } < 4 * counts.accepted + 100, "\(counts)")
            }
        }
    }
}
