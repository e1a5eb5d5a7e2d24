import JSON
import CNI
import Network
import Platform

extension FuzzTargets {
    /// The files that leases are kept in, and those that `ipam` names: others write them too.
    static let leaseFiles = [
        FuzzTarget(
            "lease-file", texts: ["0123456789ab\r\neth0", "c1", " c1 \n", "a\r\nb\r\nc", "\0\0"]
        ) { checkOwner($0) },
        FuzzTarget(
            "lease-record",
            texts: [
                #"{"version":1,"boot":"b0-1","time":1700000000,"leases":[{"address":"10.1.0.2","#
                    + #""set":0},{"address":"fd00::2","set":1}],"pod":"a/b","link":{"name":"weft01","namespace":4026531840}}"#,
                #"{"version":2}"#,
            ]
        ) { checkRecord($0) },
        FuzzTarget(
            "range-file",
            texts: [
                #"{"podCIDRs":["10.1.2.0/24","fd00::/64"],"mtu":1450,"routes":[{"dst":"::/0"}]}"#,
                "FLANNEL_SUBNET=10.244.3.1/24\nFLANNEL_IPV6_SUBNET=fd00::1/64\nFLANNEL_MTU=1450\n",
            ]
        ) { _ = try? RangeFile($0, at: "f") },
        FuzzTarget(
            "resolver-file",
            texts: ["# x\nnameserver 10.0.0.10\nsearch a.b c.d\noptions ndots:5\ndomain x\n"]
        ) { _ = NetworkResult.DNS(resolverFile: $0) },
        FuzzTarget(
            "ipam-settings",
            texts: [
                #"{"cniVersion":"1.1.0","name":"n","ipam":{"type":"weft-ipam","ranges":[[{"subnet":"#
                    + #""10.1.0.0/16","rangeStart":"10.1.0.9","rangeEnd":"10.1.9.9","gateway":"#
                    + #""10.1.0.1","exclude":["10.1.1.0/24",{"start":"10.1.0.20","end":"10.1.0.30"}]}],"#
                    + #"[{"subnet":"fd00::/64"}]],"routes":[{"dst":"::/0"}],"restSeconds":5}}"#
            ]
        ) { checkSettings($0) },
    ]
}

/// What names an attachment is written as text that names the same.
private func checkOwner(_ bytes: [UInt8]) {
    guard let owner = LeaseOwner(fileContent: bytes) else { return }
    precondition(LeaseOwner(fileContent: owner.fileContent) == owner, "not read back")
}

private func checkRecord(_ bytes: [UInt8]) {
    guard let record = try? LeaseRecord(parsing: bytes, at: "f") else { return }
    let text = Array(record.text.utf8)
    let again = try? LeaseRecord(parsing: text, at: "f")
    precondition(again == record, "not read back as it was written")
}

private func checkSettings(_ bytes: [UInt8]) {
    guard let document = try? JSONValue(parsing: bytes.span),
        let network = try? NetworkConfiguration(document)
    else { return }
    // No file of this machine is to be read.
    if document.object?[anyCase: "ipam"]?.object?[anyCase: "resolvConf"] != nil { return }
    guard let settings = try? AddressSettings(network) else { return }
    for set in (try? settings.sets(with: nil)) ?? [] {
        precondition(set.capacity > 0, "a set without addresses")
        precondition(set.addresses.prefix(100).allSatisfy(set.assigns), "not its own address")
    }
}
