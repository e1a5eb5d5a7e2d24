# A server that says who it is and whom it sees, and a client, over TCP and UDP in both families.
# Only perl-base is needed, which every Debian system has.
#   talk.pl serve NAME PORT [ADDRESS…]   without addresses: on all there are
#   talk.pl ask tcp|udp ADDRESS PORT     prints "NAME saw ADDRESS", or fails after PATIENCE seconds
use strict;
use warnings;
use IO::Select;
use Socket qw(:all);

my %types = (tcp => SOCK_STREAM, udp => SOCK_DGRAM);

sub server {
    my ($type, $port, $address) = @_;
    socket(my $socket, AF_INET6, $type, 0) or die "socket: $!";
    # Both families: IPv4 clients have addresses of the form ::ffff:192.0.2.1.
    setsockopt($socket, IPPROTO_IPV6, IPV6_V6ONLY, 0) or die "IPV6_V6ONLY: $!";
    setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1) or die "SO_REUSEADDR: $!";
    my $name = pack_sockaddr_in6($port, inet_pton(AF_INET6, $address));
    bind($socket, $name) or die "bind to $address, port $port: $!";
    $type == SOCK_DGRAM or listen($socket, 16) or die "listen: $!";
    return $socket;
}

sub seen {
    my ($name, $peer) = @_;
    my (undef, $address) = unpack_sockaddr_in6($peer);
    return "$name saw " . inet_ntop(AF_INET6, $address) =~ s/^::ffff:(?=.*\.)//r . "\n";
}

sub serve {
    my ($name, $port, @addresses) = @_;
    my @mapped = map { /:/ ? $_ : "::ffff:$_" } @addresses ? @addresses : "::";
    my @streams = map { server(SOCK_STREAM, $port, $_) } @mapped;
    my @datagrams = map { server(SOCK_DGRAM, $port, $_) } @mapped;
    my $sockets = IO::Select->new(@streams, @datagrams);
    while (my @ready = $sockets->can_read) {
        for my $socket (@ready) {
            if (grep { $socket == $_ } @datagrams) {
                my $peer = recv($socket, my $question, 512, 0);
                send($socket, seen($name, $peer), 0, $peer) if $peer;
            } elsif (my $peer = accept(my $client, $socket)) {
                syswrite($client, seen($name, $peer));
            }
        }
    }
}

# One try, which ends after a second.
sub answer {
    my ($protocol, $address, $port) = @_;
    my ($error, $target) = getaddrinfo($address, $port,
        { flags => AI_NUMERICHOST, socktype => $types{$protocol} });
    die "$address: $error" if $error;
    socket(my $socket, $target->{family}, $target->{socktype}, 0) or die "socket: $!";
    setsockopt($socket, SOL_SOCKET, $_, pack("l!l!", 1, 0)) for SO_SNDTIMEO, SO_RCVTIMEO;
    connect($socket, $target->{addr}) or return;
    send($socket, "who?", MSG_NOSIGNAL) or return;
    my $said = "";
    defined(recv($socket, $said, 512, 0)) or return;
    return $said;
}

sub ask {
    my $deadline = time + ($ENV{PATIENCE} // 5);
    do {
        my $answer = answer(@_);
        if ($answer) { print $answer; return }
        select(undef, undef, undef, 0.1);
    } while (time < $deadline);
    die "no answer from @_: $!\n";
}

my ($command, @arguments) = @ARGV;
$| = 1;
$command eq "serve" ? serve(@arguments) : ask(@arguments);
