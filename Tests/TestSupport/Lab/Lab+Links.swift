import Platform

extension Lab {
    /// Puts a wire between two hosts; both ends are up and have their addresses on return.
    package func connect(
        _ first: Host, _ firstName: String, _ firstAddresses: [String],
        _ second: Host, _ secondName: String, _ secondAddresses: [String], mtu: Int = 1500
    ) throws {
        try first.ip(
            """
            link add \(firstName) mtu \(mtu) type veth \
            peer name \(secondName) mtu \(mtu) netns \(second.path)
            """)
        try first.activate(firstName, firstAddresses)
        try second.activate(secondName, secondAddresses)
        try first.awaitCarrier(firstName)
        try second.awaitCarrier(secondName)
    }

    /// Makes a switch: a host with a bridge, to which any number of hosts can be joined.
    package func bridge(_ name: String) throws -> Host {
        let bridge = try host(name)
        try bridge.ip("link add \(Self.bridgeName) up type bridge")
        return bridge
    }

    /// Puts a wire between a host and a switch.
    package func join(
        _ host: Host, _ name: String, _ addresses: [String], to bridge: Host
    ) throws {
        let port = Self.uniqueName("p")
        try connect(host, name, addresses, bridge, port, [])
        try bridge.ip("link set \(port) master \(Self.bridgeName)")
    }

    private static let bridgeName = "bridge"
}

extension Host {
    fileprivate func activate(_ link: String, _ addresses: [String]) throws {
        try ip(batch: addresses.map { "addr add \($0) dev \(link)" } + ["link set \(link) up"])
    }
}

extension Host {
    /// Waits until what is sent through a link is no longer dropped.
    ///
    /// The end that is up first gets its queue when the kernel's link watch comes round to it.
    fileprivate func awaitCarrier(_ link: String) throws {
        let deadline = MonotonicTime.now + .seconds(20)
        while try !ip("-o link show dev \(link)").contains("state UP") {
            if MonotonicTime.now > deadline { throw LabError("\(link) on \(name) gets no carrier") }
            sleep(for: .milliseconds(1))
        }
    }
}
